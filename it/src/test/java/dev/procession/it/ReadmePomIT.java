package dev.procession.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The lines for a pom that the README shows are all that a project needs. */
@Timeout(150)
class ReadmePomIT {
    private static final Pattern LINES = Pattern.compile("(?ms)^```xml\\n(<plugin>.*?)^```");

    @Test
    void linesOfTheReadme_inAPomOfAStranger_bundle() throws Exception {
        ProjectCopy project = ProjectCopy.empty("readme-pom");
        project.write("pom.xml", """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>stranger</groupId>
                  <artifactId>shop</artifactId>
                  <version>1</version>
                  <properties>
                    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
                  </properties>
                  <build>
                    <plugins>
                      %s
                      <plugin>
                        <artifactId>maven-resources-plugin</artifactId>
                        <version>3.5.0</version>
                      </plugin>
                    </plugins>
                  </build>
                </project>
                """.formatted(lines()));
        project.write("src/main/js/app.ts", """
                import { greeting } from "./greeting";
                document.title = greeting("stranger");
                """);
        project.write(
                "src/main/js/greeting.ts", "export const greeting = (name: string): string => `Welcome, ${name}`;\n");
        MavenBuild.of(project, "process-resources")
                .run()
                .assertSuccess()
                .line("[INFO] bundled 2 files", ": target/classes/META-INF/resources");
        assertTrue(Files.readString(project.bundle()).contains("Welcome, "), "what was bundled");
    }

    private static String lines() throws IOException {
        Matcher shown = LINES.matcher(Files.readString(Surroundings.repository().resolve("README.md")));
        assertTrue(shown.find(), "no lines for a pom");
        return shown.group(1);
    }
}
