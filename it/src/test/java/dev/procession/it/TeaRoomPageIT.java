package dev.procession.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The tea room as a visitor sees it: modules, styles, images and a chunk that is loaded on demand, in a real browser. */
@Timeout(120)
class TeaRoomPageIT {
    private static final Duration SOON = Duration.ofSeconds(10);

    @Test
    void visitor_choosesTeaAndReadsOn_everythingIsThere() throws Exception {
        ChromeDriver driver = Browser.start();
        try {
            ProjectCopy tea = SampleCopy.of("storefront-modules", "tea-page");
            MavenBuild.of(tea, "process-resources").run().assertSuccess();
            try (PageServer server = new PageServer(tea.path("target/classes/META-INF/resources"))) {
                driver.get(server.url("index.html"));
                visit(driver);
                assertEquals(List.of(), server.notFound());
            }
            List<String> complaints = driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                    .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                    .map(Object::toString)
                    .toList();
            assertEquals(List.of(), complaints);
        } finally {
            driver.quit();
        }
    }

    private static void visit(ChromeDriver driver) throws Exception {
        WebDriverWait wait = new WebDriverWait(driver, SOON);
        wait.until(page -> page.findElements(By.cssSelector("[data-tea]")).size() == 4);
        String nothing = driver.findElement(By.id("total")).getText();
        driver.findElement(By.cssSelector("[data-tea=mint] [aria-label^=more]")).click();
        driver.findElement(By.cssSelector("[data-tea=mint] [aria-label^=more]")).click();
        String two = driver.findElement(By.id("total")).getText();
        assertNotEquals(nothing, two);
        assertTrue(two.startsWith("160,00"), two);

        // The style sheet is there, and its module's names are its own.
        assertEquals("grid", driver.findElement(By.tagName("ul")).getCssValue("display"));
        Object width = driver.executeScript("return document.querySelector('img').naturalWidth");
        assertTrue(width instanceof Long pixels && pixels > 0, "the cup: " + width);
        assertEquals("version 1.0.0", driver.findElement(By.tagName("footer")).getText());

        assertEquals(0, driver.findElements(By.className("brewing")).size());
        driver.findElement(By.id("brew")).click();
        wait.until(page -> page.findElements(By.cssSelector(".brewing li")).size() == 3);
        assertTrue(driver.findElement(By.className("brewing"))
                .getCssValue("background-image")
                .contains("kettle-"));
        Path directory = Files.createDirectories(Surroundings.directory().resolve("screenshots"));
        Files.write(directory.resolve("tea-room.png"), driver.getScreenshotAs(OutputType.BYTES));

        driver.navigate().refresh();
        wait.until(page -> page.findElements(By.cssSelector("[data-tea]")).size() == 4);
        assertEquals(two, driver.findElement(By.id("total")).getText(), "the cart after a reload");
    }
}
