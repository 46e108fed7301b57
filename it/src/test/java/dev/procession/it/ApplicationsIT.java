package dev.procession.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * Applications of well-known packages that come from Maven dependencies: built by Maven, opened in a browser, and compared
 * with what the engine makes of the same sources and of packages that this test has unpacked. Part of the profile long.
 */
@Timeout(300)
class ApplicationsIT {
    private static final String WEB = "META-INF/resources/webjars/";

    /** An application: what it needs, its source, and what it shows when it works. */
    enum Application {
        THREE("three 0.181.1", "ready 181", """
                import * as THREE from "three";
                window.THREE = THREE;
                const box = new THREE.Box3(new THREE.Vector3(), new THREE.Vector3(1, 1, 1));
                document.body.dataset.shown = (box.containsPoint(new THREE.Vector3(.5, .5, .5)) ? "ready " : "not ")
                    + THREE.REVISION;
                """),
        LODASH("lodash-es 4.18.1", "1-2|3-4|5", """
                import _, { chunk } from "lodash-es";
                document.body.dataset.shown = _.map(chunk([1, 2, 3, 4, 5], 2), pair => pair.join("-")).join("|");
                """),
        REACT_D3_RXJS("""
                react 19.3.0,react-dom 19.3.0,scheduler 0.28.0,rxjs 7.5.7,tslib 2.8.1,d3 7.9.0,d3-array 3.2.4,
                d3-axis 3.0.0,d3-brush 3.0.0,d3-chord 3.0.1,d3-color 3.1.0,d3-contour 4.0.2,d3-delaunay 6.0.4,
                d3-dispatch 3.0.1,d3-drag 3.0.0,d3-dsv 3.0.1,d3-ease 3.0.1,d3-fetch 3.0.1,d3-force 3.0.0,d3-format 3.1.2,
                d3-geo 3.1.1,d3-hierarchy 3.1.2,d3-interpolate 3.0.1,d3-path 3.1.0,d3-polygon 3.0.1,d3-quadtree 3.0.1,
                d3-random 3.0.1,d3-scale 4.0.2,d3-scale-chromatic 3.1.0,d3-selection 3.0.0,d3-shape 3.2.0,d3-time 3.1.0,
                d3-time-format 4.1.0,d3-timer 3.0.1,d3-transition 3.0.1,d3-zoom 3.0.0,delaunator 5.1.0,internmap 2.0.3,
                robust-predicates 3.0.3""", "3 bars, 60 high", """
                import { useEffect, useState } from "react";
                import { createRoot } from "react-dom/client";
                import * as d3 from "d3";
                import { from, scan } from "rxjs";

                function Chart() {
                  const [values, show] = useState([]);
                  useEffect(() => {
                    const taken = from([2, 4, 6]).pipe(scan((all, next) => [...all, next], [])).subscribe(show);
                    return () => taken.unsubscribe();
                  }, []);
                  const high = d3.scaleLinear([0, d3.max(values) ?? 1], [0, 60]);
                  useEffect(() => {
                    if (values.length === 3) {
                      document.body.dataset.shown = document.querySelectorAll("rect").length + " bars, "
                          + document.querySelector("rect:last-child").getAttribute("height") + " high";
                    }
                  });
                  return <svg>{values.map((v, i) => <rect key={i} x={i * 10} width="8" height={high(v)} />)}</svg>;
                }
                createRoot(document.body.appendChild(document.createElement("main"))).render(<Chart />);
                """),
        LIT("""
                lit 3.3.2,lit-element 4.2.2,lit-html 3.3.2,@lit/reactive-element 2.1.2,@lit-labs/ssr-dom-shim 1.5.1""", "Hello, Мавене!", """
                import { LitElement, css, html } from "lit";
                import { repeat } from "lit/directives/repeat.js";

                class Greeting extends LitElement {
                  static properties = { names: { type: Array } };
                  static styles = css`p { color: teal }`;
                  constructor() { super(); this.names = ["Мавене"]; }
                  render() { return html`${repeat(this.names, n => n, n => html`<p>Hello, ${n}!</p>`)}`; }
                  updated() { document.body.dataset.shown = this.renderRoot.querySelector("p").textContent; }
                }
                customElements.define("a-greeting", Greeting);
                document.body.append(document.createElement("a-greeting"));
                """);

        private static final Pattern SEPARATOR = Pattern.compile(",\\s*");

        private final String names;
        final String shown;
        final String source;

        Application(String names, String shown, String source) {
            this.names = names;
            this.shown = shown;
            this.source = source;
        }

        List<WebJar> packages() {
            return SEPARATOR.splitAsStream(names.strip()).map(WebJar::named).toList();
        }
    }

    /**
     * A package of npm, as WebJars has it.
     *
     * @param name npm's
     */
    record WebJar(String name, String version) {
        static WebJar named(String nameAndVersion) {
            int blank = nameAndVersion.indexOf(' ');
            return new WebJar(nameAndVersion.substring(0, blank), nameAndVersion.substring(blank + 1));
        }

        String artifact() {
            return name.startsWith("@") ? name.substring(1).replace("/", "__") : name;
        }

        /** Poms of WebJars have ranges; nothing but what is named here is taken. */
        String dependency() {
            return """
                    <dependency>
                      <groupId>org.webjars.npm</groupId><artifactId>%s</artifactId><version>%s</version>
                      <scope>provided</scope>
                      <exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion></exclusions>
                    </dependency>
                    """.formatted(artifact(), version);
        }

        Path jar(Path repository) {
            return repository.resolve("org/webjars/npm/%1$s/%2$s/%1$s-%2$s.jar".formatted(artifact(), version));
        }
    }

    @BeforeEach
    void onlyInTheLongRun() {
        assumeTrue(Surroundings.everything(), "part of the profile long");
    }

    @ParameterizedTest
    @EnumSource
    void build_applicationOfPackages_runsAndIsAsSmallAsTheEngineAloneMakesIt(Application application) throws Exception {
        ProjectCopy project =
                ProjectCopy.empty("application-" + application.name().toLowerCase(Locale.ROOT));
        project.write("pom.xml", pom(application));
        project.write("src/main/js/app.jsx", application.source);
        MavenBuild.of(project, "process-resources").run().assertSuccess().line("[INFO] bundled ");

        Path bundle = project.path("target/classes/META-INF/resources/app.js");
        Path alone = engineAlone(project, application);
        long ours = Files.size(bundle);
        long theirs = Files.size(alone);
        System.out.printf(Locale.ROOT, "%s: %,d bytes, the engine alone %,d%n", application, ours, theirs);
        assertTrue(Math.abs(ours - theirs) <= theirs / 100, ours + " bytes, and " + theirs);
        assertEquals(application.shown, shownBy(project));
    }

    private static String pom(Application application) throws IOException {
        StringBuilder dependencies = new StringBuilder();
        application.packages().forEach(each -> dependencies.append(each.dependency()));
        return """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>dev.procession.samples</groupId><artifactId>application</artifactId><version>1</version>
                  <packaging>pom</packaging>
                  <dependencies>%s</dependencies>
                  <build><plugins><plugin>
                    <groupId>dev.procession</groupId><artifactId>procession-maven-plugin</artifactId>
                    <version>%s</version>
                    <executions><execution><goals><goal>bundle-js</goal></goals></execution></executions>
                    <configuration><bundles><bundle>
                      <entry>app.jsx</entry><output>app.js</output><jsx>automatic</jsx>
                    </bundle></bundles></configuration>
                  </plugin></plugins></build>
                </project>
                """.formatted(dependencies, SampleCopy.version("storefront"));
    }

    /** What the engine makes of the source with packages beside it that the plugin had nothing to do with. */
    private static Path engineAlone(ProjectCopy project, Application application) throws Exception {
        Path place = project.path("alone");
        Files.createDirectories(place);
        Files.copy(project.path("src/main/js/app.jsx"), place.resolve("app.jsx"));
        for (WebJar each : application.packages()) {
            unpack(each, place.resolve("node_modules").resolve(each.name()));
        }
        Process engine = new ProcessBuilder(
                        engine().toString(),
                        "app.jsx",
                        "--bundle",
                        "--minify",
                        "--format=esm",
                        "--jsx=automatic",
                        "--sourcemap",
                        "--outfile=app.js",
                        "--log-level=error")
                .directory(place.toFile())
                .inheritIO()
                .start();
        try {
            assertTrue(engine.waitFor(60, TimeUnit.SECONDS), "the engine does not end");
            assertEquals(0, engine.exitValue());
        } finally {
            engine.destroyForcibly();
        }
        return place.resolve("app.js");
    }

    private static Path engine() throws IOException {
        try (Stream<Path> files = Files.walk(Surroundings.directory().resolve("cache/engines"), 2)) {
            return files.filter(file -> String.valueOf(file.getFileName()).startsWith("esbuild"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void unpack(WebJar from, Path to) throws IOException {
        String inside = WEB + from.artifact() + "/" + from.version() + "/";
        Path jar = from.jar(Surroundings.localRepository());
        int files = 0;
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
                ZipEntry entry = all.nextElement();
                if (entry.isDirectory() || !entry.getName().startsWith(inside)) {
                    continue;
                }
                Path file = to.resolve(entry.getName().substring(inside.length()));
                Files.createDirectories(file.getParent());
                try (InputStream in = zip.getInputStream(entry)) {
                    Files.copy(in, file);
                }
                files++;
            }
        }
        assertTrue(files > 0, jar + " has nothing in " + inside);
    }

    /** What the page shows in a browser, whose console stays empty. */
    private static String shownBy(ProjectCopy project) throws Exception {
        project.write("target/classes/META-INF/resources/index.html", """
                <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Application</title>
                <link rel="icon" href="data:,"></head>
                <body><script type="module" src="app.js"></script></body></html>
                """);
        ChromeDriver browser = Browser.start();
        try (PageServer server = new PageServer(project.path("target/classes/META-INF/resources"))) {
            browser.get(server.url("index.html"));
            String shown = new WebDriverWait(browser, Duration.ofSeconds(20))
                    .until(driver -> (String) browser.executeScript("return document.body.dataset.shown"));
            List<LogEntry> console =
                    browser.manage().logs().get(LogType.BROWSER).getAll();
            assertEquals(
                    List.of(),
                    console.stream()
                            .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                            .map(LogEntry::toString)
                            .toList());
            assertEquals(List.of(), server.notFound());
            return shown;
        } finally {
            browser.quit();
        }
    }
}
