package dev.procession.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.debugging.sourcemap.SourceMapConsumerV3;
import com.google.debugging.sourcemap.proto.Mapping.OriginalMapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The storefront as a visitor sees it: its bundle in a real browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class StorefrontPageIT {
    private static final Duration SOON = Duration.ofSeconds(10);

    private @Nullable ChromeDriver startedDriver;
    private @Nullable PageServer startedServer;
    private @Nullable ProjectCopy builtShop;

    @BeforeAll
    void buildAndOpen() throws Exception {
        ChromeDriver driver = Browser.start();
        startedDriver = driver;
        ProjectCopy shop = ProjectCopy.storefront("page");
        MavenBuild.of(shop, "process-resources").run().assertSuccess();
        builtShop = shop;
        startedServer = new PageServer(shop.path("target/classes/META-INF/resources"));
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

    @BeforeEach
    void openShop() {
        desktop();
        open("index.html");
        driver().executeScript("sessionStorage.clear()");
        open("index.html");
    }

    @AfterEach
    void nothingMissing() {
        assertEquals(List.of(), server().notFound());
    }

    @Test
    void visitor_filters_seesWhatMatches() {
        assertEquals(12, cards().size());
        assertEquals("12 products", text(".found"));

        click("[data-kind=honey]");
        assertEquals(3, cards().size());
        assertEquals("true", find("[data-kind=honey]").getAttribute("aria-pressed"));
        assertEquals("false", find("[data-kind='']").getAttribute("aria-pressed"));

        click("[data-kind='']");
        // The name has a typographic apostrophe; hardly a keyboard does.
        find("#search").sendKeys("м'ята");
        assertEquals(List.of("Чебрець і м’ята"), texts(".card h3"));
        assertEquals("1 product", text(".found"));

        find("#search").sendKeys(Keys.chord(Keys.CONTROL, "a"), "nothing like it");
        assertEquals(0, cards().size());
        assertEquals("Nothing found. Try another word.", text(".found"));

        find("#search").sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
        new Select(find("#order")).selectByValue("dear");
        assertEquals(money("1 890,00"), texts(".card .price").get(0));
        assertConsoleIsClean();
    }

    @Test
    void visitor_ordersWhatIsInTheCart_getsANumber() throws IOException {
        assertTrue(find(".nothing").isDisplayed());
        click(".add[data-id=honey-linden]");
        click(".add[data-id=cup-kosiv]");
        assertEquals("2", text("#badge .count"));
        assertEquals("Cart, 2 items", find("#badge").getAttribute("aria-label"));
        assertEquals(money("495,00"), text(".sums .goods"));
        assertEquals(money("70,00"), text(".sums .delivery"));
        assertEquals(money("565,00"), text(".sums .all"));

        click("[data-line=cup-kosiv] .more");
        assertEquals(money("620,00"), text("[data-line=cup-kosiv] .sum"));
        WebElement quantity = find("[data-line=cup-kosiv] .quantity");
        quantity.sendKeys(Keys.chord(Keys.CONTROL, "a"), "5", Keys.TAB);
        await("free", ".sums .delivery");
        assertEquals(money("1 735,00"), text(".sums .all"));
        click(".add[data-id=bowl-cockerel]");
        click("[data-line=honey-linden] .remove");
        assertEquals(List.of("Горнятко косівське", "Миска «Півник»"), texts(".line b"));

        open("index.html");
        assertEquals("6", text("#badge .count"), "the cart after a reload");
        screenshot("storefront.png");

        click("#submit");
        assertEquals(4, problems().size());
        assertEquals("name", driver().switchTo().activeElement().getAttribute("id"));
        find("#name").sendKeys("Олена");
        find("#email").sendKeys("olena@example");
        find("#phone").sendKeys("+380 67 123 45 67");
        find("#city").sendKeys("Полтава, 12");
        assertEquals(List.of("Enter an e-mail address such as olena@example.com."), problems());
        screenshot("storefront-checkout.png");
        find("#email").sendKeys(".com");
        assertEquals(List.of(), problems());

        click("#submit");
        await("Дякуємо, Олена!", "#done h3");
        assertEquals("1001", text("#done .number"));
        assertEquals(money("1 970,00"), text("#done .total"));
        assertEquals("0", text("#badge .count"));
        assertTrue(find(".nothing").isDisplayed());
        assertConsoleIsClean();
    }

    @Test
    void visitor_withSmallScreen_needsNoSidewaysScrolling() throws IOException {
        phone();
        open("index.html");
        click(".add[data-id=towel-tree]");
        screenshot("storefront-400.png");
        Object overflow = driver().executeScript(
                        "return document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertEquals(0L, overflow);
        assertConsoleIsClean();
    }

    /** The first file comes after one with a byte order mark, the second has CRLF, the third comes after that. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            Shop.report.selfTest()                | core/report.js   | throw new Error('Self-test
            Shop.template.render('card-template') | core/template.js | template.escape(values[name])
            Shop.order.check()                    | model/order.js   | form[rule[0]]
            """)
    void errorInTheBundle_mapsBackToFileAndLine(String call, String file, String line) throws Exception {
        Object stack = driver().executeScript("try { " + call + " } catch (e) { return e.stack }");
        assertOriginal(String.valueOf(stack), file, line);
    }

    @Test
    void selfTest_clicked_isReportedWithThePlaceInTheBundle() throws Exception {
        open("index.html?selftest");
        click("#selftest");
        Object reported = driver().executeScript("return Shop.report.errors.map(function (e) { return e.stack })");
        assertEquals(1, ((List<?>) present(reported)).size());
        assertOriginal(String.valueOf(reported), "core/report.js", "throw new Error('Self-test");
        // The browser says so too: the check of the console does see errors.
        assertEquals(1, consoleErrors().size());
    }

    private void assertOriginal(String stack, String file, String text) throws Exception {
        Matcher frame = Pattern.compile("/shop\\.js:(\\d+):(\\d+)").matcher(stack);
        assertTrue(frame.find(), stack);
        SourceMapConsumerV3 map = new SourceMapConsumerV3();
        map.parse(shop().read(ProjectCopy.BUNDLE + ".map"));
        OriginalMapping original =
                map.getMappingForLine(Integer.parseInt(frame.group(1)), Integer.parseInt(frame.group(2)));
        assertNotNull(original, stack);
        assertTrue(original.getOriginalFile().endsWith(file), original::toString);

        List<String> lines = shop().read("src/main/js/" + file).lines().toList();
        int expected = IntStream.range(0, lines.size())
                        .filter(i -> lines.get(i).contains(text))
                        .findFirst()
                        .orElseThrow()
                + 1;
        assertEquals(expected, original.getLineNumber(), original::toString);
        if (text.startsWith("throw ")) {
            int column = lines.get(expected - 1).indexOf(text) + "throw ".length() + 1;
            assertEquals(column, original.getColumnPosition(), original::toString);
        }
    }

    private void assertConsoleIsClean() {
        assertEquals(List.of(), consoleErrors());
    }

    private List<String> consoleErrors() {
        return driver().manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(Object::toString)
                .toList();
    }

    private void open(String path) {
        driver().get(server().url(path));
        await("12 products", ".found");
    }

    private void await(String text, String selector) {
        new WebDriverWait(driver(), SOON).until(driver -> text.equals(text(selector)));
    }

    private WebElement find(String selector) {
        return driver().findElement(By.cssSelector(selector));
    }

    private void click(String selector) {
        find(selector).click();
    }

    private String text(String selector) {
        return find(selector).getText();
    }

    private List<String> texts(String selector) {
        return driver().findElements(By.cssSelector(selector)).stream()
                .map(WebElement::getText)
                .toList();
    }

    private List<WebElement> cards() {
        return driver().findElements(By.cssSelector(".card"));
    }

    private List<String> problems() {
        return texts(".problem").stream().filter(text -> !text.isEmpty()).toList();
    }

    private static String money(String amount) {
        // The browser's getText makes plain spaces of those that do not break.
        return amount + " ₴";
    }

    private void desktop() {
        driver().executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
    }

    /** A window cannot be made this narrow; what a phone reports can be had. */
    private void phone() {
        driver().executeCdpCommand(
                        "Emulation.setDeviceMetricsOverride",
                        Map.of("width", 400, "height", 860, "deviceScaleFactor", 2, "mobile", true));
    }

    private void screenshot(String name) throws IOException {
        Path directory = Files.createDirectories(Surroundings.directory().resolve("screenshots"));
        Files.write(directory.resolve(name), driver().getScreenshotAs(OutputType.BYTES));
    }

    private ChromeDriver driver() {
        return present(startedDriver);
    }

    private PageServer server() {
        return present(startedServer);
    }

    private ProjectCopy shop() {
        return present(builtShop);
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("not started");
        }
        return value;
    }
}
