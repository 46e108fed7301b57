package dev.procession.maven;

import dev.procession.plugin.report.BuildLog;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.maven.project.MavenProject;

/** Tells that a pom was changed: a watch goes on with what it has read, and whoever saves a pom waits for what will not come. */
final class ChangedPoms {
    private static final FileTime GONE = FileTime.fromMillis(0);

    private final Map<Path, FileTime> seen = new TreeMap<>();

    private ChangedPoms() {}

    static ChangedPoms of(List<MavenProject> projects) {
        ChangedPoms poms = new ChangedPoms();
        for (MavenProject project : projects) {
            // What comes from a repository has no file here.
            for (MavenProject each = project; each != null; each = each.getParent()) {
                File file = each.getFile();
                if (file != null) {
                    poms.seen.put(file.toPath(), timeOf(file.toPath()));
                }
            }
        }
        return poms;
    }

    void tell(BuildLog log) {
        seen.replaceAll((pom, before) -> {
            FileTime now = timeOf(pom);
            if (!now.equals(before)) {
                log.warn(pom + " was changed: end watch-js, and start it again, for that to count");
            }
            return now;
        });
    }

    private static FileTime timeOf(Path pom) {
        try {
            return Files.getLastModifiedTime(pom);
        } catch (IOException e) {
            return GONE;
        }
    }
}
