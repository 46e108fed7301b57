package dev.procession.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The pages of the lecture in a real browser: what a reader sees is what the record says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class DemoPageIT {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String LOCK = "04-lock-value-array.html";
    private static final String STOP = "06-event-stop.html";

    /** The pixels of the picture v are read from a copy, c: reading a canvas slows it down, of which the browser warns. */
    private static final String COPY = "const c = new OffscreenCanvas(v.canvas.width, v.canvas.height)"
            + ".getContext('2d', {willReadFrequently: true}); c.drawImage(v.canvas, 0, 0);";

    private @Nullable ChromeDriver startedDriver;
    private @Nullable PageServer startedServer;
    private @Nullable ProjectCopy playedHall;

    @BeforeAll
    void playAndOpen() throws Exception {
        ChromeDriver driver = Browser.start();
        startedDriver = driver;
        ProjectCopy hall = SampleCopy.of("lecture-hall", "demo-pages");
        MavenBuild.of(hall, "verify", "-Dprocession.demo.example=04,06", "-Dprocession.demo.language=en")
                .run()
                .assertSuccess();
        playedHall = hall;
        startedServer = new PageServer(hall.path("target/procession/demo"));
    }

    @AfterAll
    void close() {
        if (startedDriver != null) {
            startedDriver.quit();
        }
        if (startedServer != null) {
            startedServer.close();
        }
    }

    @AfterEach
    void nothingMissingAndNothingWrong() {
        assertEquals(List.of(), server().notFound());
        assertEquals(
                List.of(),
                driver().manage().logs().get(LogType.BROWSER).getAll().stream()
                        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                        .map(entry -> entry.getLevel() + " " + entry.getMessage())
                        .toList());
    }

    @Test
    void reader_opensAnExample_seesLanesBarsAndArrows() {
        open(LOCK, 1280, 1300);
        long lanes = number("return ProcessionTimeline.views[0].data.lanes.length");
        assertTrue(lanes >= 10, lanes + " lanes");
        // Each lane has other pixels than the paper where its life begins.
        assertEquals(
                List.of(),
                script("const v = ProcessionTimeline.views[0], r = window.devicePixelRatio;" + COPY
                        + "const paper = c.getImageData(2, v.canvas.height - 2, 1, 1).data.join();"
                        + "return v.layout.strips.filter(s => s.lane >= 0).filter(s => {"
                        + "  const l = v.data.lanes[s.lane];"
                        + "  const x = v.gutter + (l.begin - v.from) / (v.to - v.from) * (v.width - v.gutter) + 2;"
                        + "  return c.getImageData(x * r, (s.y + 10 - v.scroll) * r, 1, 1).data.join() === paper;"
                        + "}).map(s => s.lane)"));
        assertTrue(number("return ProcessionTimeline.views[0].shown.drawn") > 5, "arrows");
        int before = colours();
        find("input[data-arrows]").click();
        frame();
        assertTrue(colours() < before, "the picture without arrows has as many colours as with them");
        assertEquals("All 8 checks hold", text(".verdict"));
        assertTrue(texts("pre code .k").contains("class"), "no highlighted source");
    }

    /** The trace beside the page was written of the same record, by other code. */
    @Test
    void reader_opensTheTables_numbersAreTheRecords() throws IOException {
        open(LOCK, 1280, 1300);
        openTables();
        String trace = Files.readString(demo().resolve("04-lock-value-array.trace.json"));
        Object inTrace = script(
                "const all = JSON.parse(arguments[0]).traceEvents; const names = all.filter(e => e.ph === 'M' && e.name ==="
                        + " 'process_name'); const pids = [...new Set(names.map(e => e.pid))];"
                        + "return pids.map(p => [p, all.filter(e => e.pid === p && e.cat === 'wait' && e.ph !== 'E').length,"
                        + " all.filter(e => e.pid === p && e.cat === 'hold' && e.ph === 'b').length].join(' '))",
                trace);
        Object inTable = script(
                "return [...document.querySelectorAll('.tl-tables table')[0].tBodies[0].rows].map(r => [r.cells[1], r.cells[5],"
                        + " r.cells[7]].map(c => c.textContent.replace(/\\D/g, '')).join(' '))");
        assertEquals(inTrace, inTable);
        assertTrue(inTable.toString().matches(".* [1-9]\\d*, .*"), inTable.toString());
        long facts = Long.parseLong(find(".tl-tables").getAttribute("data-facts"));
        long events = number("return ProcessionTimeline.views[0].data.events");
        assertTrue(facts > events / 2, facts + " facts of " + events + " events");
        assertTrue(text(".quiet").contains("events: " + events), text(".quiet"));
    }

    @Test
    void reader_switchesTheLanguage_allWordsFollow() {
        open(STOP, 1280, 1300);
        assertEquals("06 An event that stops a process", text("h1"));
        openTables();
        click("button[data-language=uk]");
        String ukrainian = text("h1");
        assertTrue(ukrainian.matches("06 .*[а-яіїє].*"), ukrainian);
        assertEquals("uk", find("html").getAttribute("lang"));
        assertTrue(text(".tl-status").startsWith("показано:"), text(".tl-status"));
        assertTrue(text(".tl-tables caption").equals("Процеси"), text(".tl-tables caption"));
        assertEquals(ukrainian, driver().getTitle());
        open("index.html", 1280, 1300);
        assertEquals("uk", find("html").getAttribute("lang"), "the choice is remembered");
        click("button[data-language=en]");
        assertEquals("Processes: a lecture that plays itself", text("h1"));
    }

    @Test
    void reader_usesTheKeyboardOnly_walksThroughTheBars() {
        open(STOP, 1280, 1300);
        WebElement canvas = find("canvas");
        script("arguments[0].focus()", canvas);
        String whole = text(".tl-status");
        canvas.sendKeys("+", "+");
        frame();
        assertNotEquals(whole, text(".tl-status"));
        canvas.sendKeys("0");
        frame();
        assertEquals(whole, text(".tl-status"));
        canvas.sendKeys(Keys.ARROW_DOWN, Keys.ARROW_DOWN);
        frame();
        String lane = (String) script("return document.querySelector('.tl-live').textContent");
        assertTrue(lane.contains("bars in this lane"), lane);
        canvas.sendKeys("n", "n");
        frame();
        assertTrue(find(".tl-tip").isDisplayed());
        assertTrue(text(".tl-tip").contains("from "), text(".tl-tip"));
        canvas.sendKeys(Keys.ESCAPE);
        frame();
        assertFalse(find(".tl-tip").isDisplayed());
        canvas.sendKeys("/");
        WebElement search = driver().switchTo().activeElement();
        search.sendKeys("stop", Keys.ENTER);
        frame();
        assertTrue(text(".tl-status").matches(".* [1-9]\\d* bars found"), text(".tl-status"));
        assertTrue(text(".tl-tip").contains("stop"), text(".tl-tip"));
    }

    @Test
    void reader_pointsAtAWait_seesWhoEndedIt() {
        open(STOP, 1280, 1300);
        // The wait of the child that waits for the flag: the last of its lane.
        List<?> place = (List<?>)
                script(
                        "const v = ProcessionTimeline.views[0], d = v.data;"
                                + "const lane = d.lanes.findIndex(l => d.processes[l.process].name === 'Waiting');"
                                + "const b = d.lanes[lane].bars, waits = [...Array(b.count).keys()].filter(i => b.kind[i] === 1);"
                                + "const i = waits[waits.length - 1], s = v.layout.ofLane.get(lane);"
                                + "const x = t => v.gutter + (t - v.from) / (v.to - v.from) * (v.width - v.gutter);"
                                + "return [Math.round((x(b.begin[i]) + x(b.end[i])) / 2 - v.width / 2), Math.round(s.y + 10 - v.height / 2)]");
        new Actions(driver())
                .moveToElement(find("canvas"), ((Number) place.get(0)).intValue(), ((Number) place.get(1)).intValue())
                .perform();
        new WebDriverWait(driver(), SOON).until(shown -> find(".tl-tip").isDisplayed());
        assertTrue(text(".tl-tip").contains("waiting for event “stop”"), text(".tl-tip"));
        assertTrue(text(".tl-tip").contains("ended by main"), text(".tl-tip"));
    }

    @Test
    void pages_lightAndDarkNarrowAndWide_areKeptToBeLookedAt() throws IOException {
        for (String theme : List.of("light", "dark")) {
            for (int width : new int[] {420, 1280}) {
                for (String page : List.of(LOCK, STOP, "index.html")) {
                    open(page, width, 1300);
                    new Select(find("select[data-theme-choice]")).selectByValue(theme);
                    frame();
                    assertEquals(
                            0,
                            number("return Math.max(0, document.documentElement.scrollWidth - window.innerWidth)"),
                            page + " is wider than " + width);
                    screenshot(page.replace(".html", "-" + theme + "-" + width + ".png"));
                }
            }
        }
    }

    private void openTables() {
        script("document.querySelector('.tl-tables').closest('details').open = true");
        new WebDriverWait(driver(), SOON)
                .until(there -> !driver().findElements(By.cssSelector(".tl-tables table"))
                        .isEmpty());
    }

    private void open(String page, int width, int height) {
        driver().manage().window().setSize(new Dimension(width, height));
        driver().get(server().url(page));
        script("localStorage.removeItem('procession.theme')");
        if (!page.equals("index.html")) {
            script("localStorage.removeItem('procession.language')");
            driver().get(server().url(page));
            new WebDriverWait(driver(), SOON)
                    .until(ready -> "true".equals(find(".tl-view").getAttribute("data-ready")));
        }
        frame();
    }

    /** Until what was asked for is drawn. */
    private void frame() {
        driver().executeAsyncScript(
                        "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()))");
    }

    private int colours() {
        return (int) number("const v = ProcessionTimeline.views[0], seen = new Set();" + COPY
                + "const p = new Uint32Array(c.getImageData(0, 0, v.canvas.width, v.canvas.height).data.buffer);"
                + "for (const one of p) seen.add(one); return seen.size");
    }

    /** docs/images/timeline.png is a copy of this one: CONTRIBUTING.md says how it is made anew. */
    @Test
    void picture_ofTheReadme_hasTheProcessorsCurveAndIsKept() throws IOException {
        open(LOCK, 1280, 1300);
        assertEquals(
                1,
                number("return ProcessionTimeline.views[0].data.curves.filter(c => c.kind === 'PROCESSORS').length"));
        script("document.querySelectorAll('.timeline .tl-tools, .timeline details').forEach(e => e.remove())");
        Path directory = Files.createDirectories(Surroundings.directory().resolve("screenshots"));
        Files.write(directory.resolve("timeline.png"), find("section.timeline").getScreenshotAs(OutputType.BYTES));
    }

    private void screenshot(String name) throws IOException {
        Path directory = Files.createDirectories(Surroundings.directory().resolve("screenshots"));
        Files.write(directory.resolve(name), driver().getScreenshotAs(OutputType.BYTES));
    }

    private @Nullable Object script(String script, Object... arguments) {
        return driver().executeScript(script, arguments);
    }

    private long number(String script) {
        return ((Number) Objects.requireNonNull(script(script))).longValue();
    }

    private WebElement find(String selector) {
        return driver().findElement(By.cssSelector(selector));
    }

    private void click(String selector) {
        find(selector).click();
        frame();
    }

    private String text(String selector) {
        return find(selector).getText();
    }

    private List<String> texts(String selector) {
        return driver().findElements(By.cssSelector(selector)).stream()
                .map(WebElement::getText)
                .toList();
    }

    private Path demo() {
        if (playedHall == null) {
            throw new IllegalStateException("nothing was played");
        }
        return playedHall.path("target/procession/demo");
    }

    private ChromeDriver driver() {
        if (startedDriver == null) {
            throw new IllegalStateException("the browser was not started");
        }
        return startedDriver;
    }

    private PageServer server() {
        if (startedServer == null) {
            throw new IllegalStateException("nothing is served");
        }
        return startedServer;
    }
}
