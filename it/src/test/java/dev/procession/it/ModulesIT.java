package dev.procession.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bundles of modules in real builds: a reactor at once, mistakes, the engine offline, and the watch. */
@Timeout(180)
class ModulesIT {

    @Test
    void reactor_twoThreads_eachModuleHasItsBundlesThenNothingToDo() throws Exception {
        ProjectCopy all = SampleCopy.of("reactor", "reactor");
        BuildResult first =
                MavenBuild.of(all, "-T", "2", "process-classes").run().assertSuccess();
        first.line("[INFO] bundled 3 files", "shop/target/classes/META-INF/resources");
        first.line("[INFO] bundled 5 files", "into 2 bundles", "office/target/classes/META-INF/resources");
        assertTrue(all.read("shop/target/classes/META-INF/resources/shop.js").contains("Order number"));
        BuildResult second =
                MavenBuild.of(all, "-o", "-T", "2", "process-classes").run().assertSuccess();
        assertEquals(2, second.lines("up to date").count(), second::toString);
        assertEquals(0, second.lines("[INFO] bundled").count(), second::toString);
    }

    /** As by Ctrl-C: the engine has enough to do to be met at it. */
    @Test
    void maven_askedToEndWhileTheEngineWorks_nothingIsLeftAndNothingIsLost() throws Exception {
        ProjectCopy tea = SampleCopy.of("storefront-modules", "ended");
        MavenBuild.of(tea, "generate-resources").run().assertSuccess();
        Map<String, String> before = tea.targetFiles();
        StringBuilder much = new StringBuilder();
        for (int i = 0; i < 600_000; i++) {
            much.append("export const v")
                    .append(i)
                    .append(" = (a: number) => a * ")
                    .append(i)
                    .append(";\n");
        }
        tea.write("src/main/js/much.ts", much.toString());
        tea.write("src/main/js/app.tsx", "import * as much from './much';\nconsole.log(much);\n");
        try (RunningBuild build = MavenBuild.of(tea, "generate-resources").start()) {
            List<ProcessHandle> engines = Eventually.found(
                    MavenBuild.DEADLINE,
                    () -> "no engine: " + build.log(),
                    () -> java.util.Optional.of(build.workers().stream()
                                    .filter(each ->
                                            each.info().command().orElse("").contains("esbuild"))
                                    .toList())
                            .filter(found -> !found.isEmpty()));
            build.maven().destroy();
            Eventually.until(
                    Duration.ofSeconds(2),
                    () -> "an end of one of " + engines,
                    () -> !build.isRunning() && engines.stream().noneMatch(Processes::isRunning));
            assertTrue(
                    build.log().stream().noneMatch(line -> line.contains("BUILD SUCCESS") || line.contains("died")),
                    () -> build.log().toString());
        }
        assertEquals(before, tea.targetFiles());
    }

    @Test
    void build_anotherPlaceLocaleAndTimeZone_identicalBytes() throws Exception {
        Map<String, String> here = bytes(SampleCopy.of("storefront-modules", "identical/one"), "C.UTF-8", "UTC");
        Map<String, String> there =
                bytes(SampleCopy.of("storefront-modules", "identical/два/deeper"), "tr_TR.UTF-8", "Asia/Tokyo");
        assertEquals(here, there);
        assertTrue(here.size() > 20, here.keySet()::toString);
    }

    private static Map<String, String> bytes(ProjectCopy project, String locale, String zone) throws Exception {
        MavenBuild.of(project, "process-resources")
                .environment("LC_ALL", locale.startsWith("tr") ? "C.UTF-8" : locale)
                .mavenOptions("-Duser.timezone=" + zone + (locale.startsWith("tr") ? " -Duser.language=tr" : ""))
                .run()
                .assertSuccess();
        Map<String, String> contents = new TreeMap<>();
        Path classes = project.path("target/classes");
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(classes.relativize(file).toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return contents;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    -Dcase=syntax-error    | syntax-error/one.ts:2:54: Expected ")" but found ";"
                    -Dcase=missing-package | missing-package/app.ts:1:24: Could not resolve "preact"
                    -Dcase=invalid-text    | is not valid UTF-8 at byte offset 29 (byte D7)
                    -Pno-engine            | There are three ways out:
                    """)
    void broken_oneMistake_isSaidAndNothingIsLeft(String argument, String message) throws Exception {
        ProjectCopy broken = SampleCopy.of("broken", "broken-" + argument.replaceAll("[^a-z-]", ""));
        BuildResult build = MavenBuild.of(broken, "process-resources", argument).run();
        assertTrue(build.exitCode() != 0, build::toString);
        assertTrue(build.lines(message).findAny().isPresent(), build::toString);
        assertEquals(0, build.lines("\tat ").count(), build::toString);
        assertFalse(Files.exists(broken.path("target/classes")));
        assertEquals(
                List.of(),
                broken.targetFiles().keySet().stream()
                        .filter(name -> name.contains("staging"))
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    -Dcase=missing-export  | missing-export/app.ts:1:10: No matching export in
                    -Dcase=missing-file    | missing-file/app.ts:1:23: Could not resolve "./totals"
                    -Dcase=missing-loader  | missing-loader/app.ts:1:18: No loader is configured for ".xyz" files
                    -Dcase=warning         | (a warning, and <failOnWarnings> is set)
                    -Pno-entry             | <entry> of bundle app.js is missing
                    -Pmisspelt-entry       | did you mean right/app.ts?
                    -Poutside              | <entry>../../../../outside.js</entry> of bundle app.js
                    -Punknown-format       | <format>amd</format> of bundle app.js: must be one of esm, iife, cjs
                    -Ptwo-writers          | is also written by bundle app.js (number 1)
                    -Pover-budget          | <raw>10B</raw> of bundle app.js: the bundle has
                    -Pwrong-engine         | <esbuildExecutable>
                    """)
    void broken_otherMistakes_areSaidAndNothingIsLeft(String argument, String message) throws Exception {
        assumeTrue(Surroundings.everything(), "part of the profile long");
        broken_oneMistake_isSaidAndNothingIsLeft(argument, message);
    }

    @Test
    void watch_sourceChanges_pageHearsOfIt() throws Exception {
        ProjectCopy tea = SampleCopy.of("storefront-modules", "watch");
        String goal =
                "dev.procession:procession-maven-plugin:" + SampleCopy.version("storefront-modules") + ":watch-js";
        try (RunningBuild build =
                MavenBuild.of(tea, goal, "-Dprocession.watch-js.port=0").start()) {
            String line = build.awaitLine("serving at");
            Matcher address = Pattern.compile("http://localhost:[0-9]+/").matcher(line);
            assertTrue(address.find(), line);
            build.awaitLine("bundled 17 files");
            HttpClient client = HttpClient.newHttpClient();
            HttpResponse<InputStream> events = client.send(
                    HttpRequest.newBuilder(URI.create(address.group() + "procession/events"))
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(events.body(), StandardCharsets.UTF_8))) {
                assertEquals("retry: 500", lines.readLine());
                tea.write("src/main/js/view/brewing.tsx", "export const Brewing = ;\n");
                awaitEvent(lines, "data: src/main/js/view/brewing.tsx:1:24: Unexpected \";\"");
                tea.write("src/main/js/view/brewing.tsx", "export const Brewing = () => <p>Just wait.</p>;\n");
                awaitEvent(lines, "event: built");
            }
            HttpResponse<String> page = client.send(
                    HttpRequest.newBuilder(URI.create(address.group()))
                            .timeout(Duration.ofSeconds(20))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertTrue(page.body().contains("<script src=\"/procession/live.js?"), page.body());
        }
    }

    private static void awaitEvent(BufferedReader lines, String wanted) throws Exception {
        String line = lines.readLine();
        while (line != null && !line.equals(wanted)) {
            line = lines.readLine();
        }
        assertEquals(wanted, line);
    }
}
