package dev.procession.it;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The machine's Chromium, without a window. */
final class Browser {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Says with each new Chromium that Selenium does not know its latest DevTools; none of that is used here. */
    private static final Logger DEVTOOLS = Logger.getLogger("org.openqa.selenium.devtools");

    private Browser() {}

    /** Starts it. Where there is none the test is skipped, or fails when {@code CI=true}. */
    static ChromeDriver start() throws IOException {
        Path chromium = Surroundings.findOnPath("chromium", "chromium-browser", "google-chrome");
        Path chromedriver = Surroundings.findOnPath("chromedriver");
        if (chromium == null || chromedriver == null) {
            throw missing(chromium, chromedriver);
        }
        DEVTOOLS.setLevel(Level.SEVERE);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.toFile());
        Path profiles = Files.createDirectories(Surroundings.directory().resolve("browser"));
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                // A page that is still scrolling smoothly moves away from under the pointer.
                "--force-prefers-reduced-motion",
                "--window-size=1280,1300",
                "--user-data-dir=" + Files.createTempDirectory(profiles, "profile"));
        LoggingPreferences logging = new LoggingPreferences();
        logging.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logging);
        // Both executables are given, so Selenium has nothing to look for and downloads nothing.
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(chromedriver.toFile())
                .usingAnyFreePort()
                .withTimeout(LIMIT)
                .build();
        ChromeDriver driver = new ChromeDriver(service, options);
        driver.manage().timeouts().pageLoadTimeout(LIMIT).scriptTimeout(LIMIT);
        return driver;
    }

    private static RuntimeException missing(@Nullable Path chromium, @Nullable Path chromedriver) {
        String what =
                chromium != null ? "chromedriver" : chromedriver != null ? "chromium" : "chromium and chromedriver";
        String text = "no " + what + " on the PATH: the storefront is not opened in a browser. "
                + "Install it (Debian: apt-get install chromium chromium-driver; .ci/run does that)";
        if ("true".equals(System.getenv("CI"))) {
            return fail(text + ". With CI=true that is a failure.");
        }
        System.out.println("SKIPPED " + StorefrontPageIT.class.getSimpleName() + ": " + text);
        return Assumptions.abort(text);
    }
}
