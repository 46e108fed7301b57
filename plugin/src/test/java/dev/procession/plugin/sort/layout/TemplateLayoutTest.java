package dev.procession.plugin.sort.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.plugin.sort.scan.SourceFile;
import dev.procession.plugin.work.FileStat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateLayoutTest {
    private static final FileStat STAT =
            new FileStat(10, Instant.parse("2024-02-29T23:30:00Z").getEpochSecond() * 1_000_000_000L + 5, "-");

    private final List<String> problems = new ArrayList<>();

    private TemplateLayout layout(String template) {
        Template parsed = Template.parse(template, problems);
        assertEquals(List.of(), problems);
        return new TemplateLayout(parsed, CategoryTable.builtIn(), "heap", true, ZoneId.of("UTC"));
    }

    private String place(String template, String path) {
        return layout(template)
                .place(new SourceFile(path, STAT), FileFacts.NONE)
                .path();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {category}/{ext}/{year}   | camera/a.JPG   | images/jpg/2024/a.JPG
            {category}/{ext}/{year}   | Makefile       | code/no extension/2024/Makefile
            {year}-{month}-{day}      | x/a.txt        | 2024-02-29/a.txt
            {parent}                  | x/y/a.txt      | y/a.txt
            {parent}                  | a.txt          | heap/a.txt
            {parent}                  | x/a.txt        | x/a.txt
            by name/{name}            | x/a.tar.gz     | by name/a/a.tar.gz
            {name}                    | .bashrc        | .bashrc/.bashrc
            all                       | x/a.txt        | all/a.txt
            {category}/               | a.txt          | documents/a.txt
            {category}\\{ext}         | a.txt          | documents/txt/a.txt
            {year}/{year}{month} {name}.{ext} | x/A.TAR.GZ | 2024/202402 A.TAR.GZ
            {year}/{name}.{ext}       | x/Makefile     | 2024/Makefile
            {year}/{name}.{ext}       | .bashrc        | 2024/.bashrc
            """)
    void place_template_isFilled(String template, String path, String expected) {
        assertEquals(expected, place(template, path));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {parent}       | .procession/a.txt    | _.procession/a.txt
            {parent}       | .PROCESSION/a.txt    | _.PROCESSION/a.txt
            {parent}       | x/con/a.txt          | con_/a.txt
            {name}         | nul.txt              | nul_/nul.txt
            {name}         | ...                  | .../...
            .{parent}      | ./a.txt              | _../a.txt
            """)
    void place_dangerousNames_stayInsideAndAreNoDevices(String template, String path, String expected) {
        assertEquals(expected, place(template, path));
    }

    @Test
    void place_timeOfAPhoto_winsOverThatOfTheFile() {
        TemplateLayout layout = layout("{year}/{month}");
        SourceFile photo = new SourceFile("a.jpg", STAT);
        assertTrue(layout.needsFacts(photo));
        assertFalse(layout.needsFacts(new SourceFile("a.txt", STAT)));
        assertEquals(
                "2019/07/a.jpg",
                layout.place(photo, new FileFacts(null, LocalDate.of(2019, 7, 1)))
                        .path());
        assertFalse(layout("{ext}").needsFacts(photo));
        assertFalse(new TemplateLayout(
                        Template.parse("{year}", problems), CategoryTable.builtIn(), "heap", false, ZoneId.of("UTC"))
                .needsFacts(photo));
    }

    @Test
    void place_daysOfTheZone_areMeant() {
        TemplateLayout kyiv = new TemplateLayout(
                Template.parse("{year}-{month}-{day}", problems),
                CategoryTable.builtIn(),
                "heap",
                true,
                ZoneId.of("Europe/Kyiv"));
        assertEquals(
                "2024-03-01/a.txt",
                kyiv.place(new SourceFile("a.txt", STAT), FileFacts.NONE).path());
    }

    @Test
    void place_folderOf300Bytes_isCut() {
        String folder = layout("{parent}{parent}")
                .place(new SourceFile("x".repeat(200) + "/a", STAT), FileFacts.NONE)
                .folder();
        assertEquals(255, folder.length());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {categori}   | there is no {categori}; did you mean {category}? There are {category}, {ext}, {year}, {month}, {day}, {name}, {parent}
            {Year}       | there is no {Year}; did you mean {year}? There are {category}, {ext}, {year}, {month}, {day}, {name}, {parent}
            {exif}       | there is no {exif}; There are {category}, {ext}, {year}, {month}, {day}, {name}, {parent}
            {year        | has a '{' without a '}' after it
            year}        | has a '}' without a '{' before it
            /{year}      | is absolute; write folders inside <output>, such as {category}/{year}
            C:/{year}    | is absolute; write folders inside <output>, such as {category}/{year}
            ../{year}    | leaves <output> through '..'; write folders inside it
            {year}/../.. | leaves <output> through '..'; write folders inside it
            {year}//x    | has a folder without a name; write one '/' between folders
            ./{year}     | has a folder '.'; leave it out
            {name}.{ext} | names no folder; write one before the file's name, such as {year}/{name}.{ext}
            """)
    void parse_mistake_namesTheWayOut(String template, String problem) {
        Template.parse(template, problems);
        assertEquals("<template>" + template + "</template>: " + problem, problems.get(0));
    }
}
