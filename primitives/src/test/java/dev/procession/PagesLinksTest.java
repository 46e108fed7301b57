package dev.procession;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Links between the pages lead to what is there, and every page can be reached. */
class PagesLinksTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```.*?^ *```");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

    @Test
    void pages_everyLink_leadsToAFileAndAHeadingThatAreThere() throws IOException {
        List<String> lost = new ArrayList<>();
        for (Path page : pages()) {
            for (String link : links(page)) {
                int hash = link.indexOf('#');
                String place = hash < 0 ? link : link.substring(0, hash);
                Path target = place.isEmpty() ? page : target(page, place);
                if (!Files.exists(target) || (hash >= 0 && !anchors(target).contains(link.substring(hash + 1)))) {
                    lost.add(ROOT.relativize(page) + ": " + link);
                }
            }
        }
        assertEquals(List.of(), lost, "nothing is there");
    }

    @Test
    void pages_everyPage_isLinkedFromAnother() throws IOException {
        Set<Path> linked = new HashSet<>();
        for (Path page : pages()) {
            links(page).stream()
                    .map(link -> target(page, link.replaceFirst("#.*", "")))
                    .filter(target -> !target.equals(page))
                    .forEach(linked::add);
        }
        List<Path> alone = pages().stream()
                .filter(page -> !linked.contains(page) && !page.equals(ROOT.resolve("README.md")))
                .toList();
        assertEquals(List.of(), alone, "nobody finds them");
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (String folder : List.of("", "docs", "sample-projects")) {
            try (Stream<Path> all = Files.walk(ROOT.resolve(folder), folder.isEmpty() ? 1 : 2)) {
                all.filter(path -> path.toString().endsWith(".md")).sorted().forEach(pages::add);
            }
        }
        assertTrue(pages.size() > 25, "pages: " + pages);
        return pages;
    }

    /** Where the links of a page lead, those to other sites apart. */
    private static List<String> links(Path page) throws IOException {
        return LINK.matcher(prose(page))
                .results()
                .map(found -> found.group(1))
                .filter(link -> !link.matches("https?:.*"))
                .toList();
    }

    private static Path target(Path page, String place) {
        return page.resolveSibling(place).normalize();
    }

    /** The headings of a page as links name them: small letters, dashes for blanks, nothing else but digits. */
    private static Set<String> anchors(Path page) throws IOException {
        return HEADING.matcher(prose(page))
                .results()
                .map(found -> found.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\w\\- ]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private static String prose(Path page) throws IOException {
        return BLOCK.matcher(Files.readString(page)).replaceAll("");
    }
}
