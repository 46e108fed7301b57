package dev.procession.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.procession.plugin.report.KeptLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangedPomsTest {
    @TempDir
    Path directory;

    private final KeptLog log = new KeptLog();

    @Test
    void tell_parentIsSaved_isToldOnceForEachChange() throws Exception {
        MavenProject parent = project("pom.xml");
        MavenProject child = project("child.xml");
        child.setParent(parent);
        // Of a pom that comes from a repository there is no file.
        parent.setParent(new MavenProject());
        ChangedPoms poms = ChangedPoms.of(List.of(child, parent));
        poms.tell(log);
        assertEquals(List.of(), log.warnings());
        Path saved = directory.resolve("pom.xml");
        Files.setLastModifiedTime(saved, FileTime.fromMillis(1_000_000));
        poms.tell(log);
        poms.tell(log);
        assertEquals(
                List.of(saved + " was changed: end watch-js, and start it again, for that to count"), log.warnings());
        Files.setLastModifiedTime(saved, FileTime.fromMillis(2_000_000));
        poms.tell(log);
        assertEquals(2, log.warnings().size());
    }

    private MavenProject project(String name) throws Exception {
        MavenProject project = new MavenProject();
        project.setFile(Files.createFile(directory.resolve(name)).toFile());
        return project;
    }
}
