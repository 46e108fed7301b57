package dev.procession.internal.child;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class InheritedOptionsTest {

    @Test
    void select_propertiesAssertionsAndModules_arePassedOn() {
        List<String> selected = InheritedOptions.select(List.of(
                "-ea:dev.procession...",
                "-Dkey=value with space",
                "--add-opens",
                "java.base/java.lang=ALL-UNNAMED",
                "--add-modules=java.sql",
                "-XX:+UseSerialGC",
                "-Xss2m",
                "--enable-preview"));

        assertEquals(
                List.of(
                        "-ea:dev.procession...",
                        "-Dkey=value with space",
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "--add-modules=java.sql",
                        "-XX:+UseSerialGC",
                        "-Xss2m",
                        "--enable-preview"),
                selected);
    }

    @Test
    void select_agentsDebuggersLogsAndHeap_areNot() {
        List<String> selected = InheritedOptions.select(List.of(
                "-agentlib:jdwp=transport=dt_socket,server=y,suspend=y,address=5005",
                "-javaagent:agent.jar",
                "-Xrunjdwp:server=y",
                "-Xdebug",
                "-Dcom.sun.management.jmxremote.port=9010",
                "-Xlog:gc*:file=gc.log",
                "-verbose:gc",
                "-Xmx8g",
                "-Xms1g",
                "-XX:MaxRAMPercentage=75",
                "-XX:StartFlightRecording:filename=x.jfr",
                "-XX:SharedArchiveFile=app.jsa"));

        assertEquals(List.of(), selected);
    }

    @Test
    void select_pathsAndWhatFollowsTheMainClass_areNotOptions() {
        assertEquals(
                List.of("-Da=b"),
                InheritedOptions.select(
                        List.of("-cp", "x.jar", "-Da=b", "--module-path", "mods", "com.example.Main", "-Dnot=mine")));
        assertEquals(List.of("-Da=b"), InheritedOptions.select(List.of("-Da=b", "-jar", "app.jar", "-Dnot=mine")));
        assertEquals(List.of("-Da=b"), InheritedOptions.select(List.of("-Da=b", "-m", "app/app.Main", "-Dnot=mine")));
    }
}
