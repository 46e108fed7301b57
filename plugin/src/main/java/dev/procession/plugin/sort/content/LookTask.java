package dev.procession.plugin.sort.content;

import dev.procession.plugin.sort.layout.CategoryTable;
import dev.procession.plugin.sort.layout.FileFacts;
import dev.procession.plugin.sort.name.RawName;
import dev.procession.pool.PoolTask;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks into some files, in a child process: what reads them may not survive it. The facts stand in the order of the files.
 */
final class LookTask implements PoolTask<FileFacts[]> {
    private static final long serialVersionUID = 1L;

    private final String source;
    private final String[] paths;
    private final boolean content;
    private final HashMap<String, String> categories;

    /**
     * @param source the raw path of the source
     * @param paths raw paths, relative to it
     * @param content whether the category is wanted, else the day on which a photo was taken
     * @param categories what the user has added to the table
     */
    LookTask(String source, List<String> paths, boolean content, Map<String, String> categories) {
        this.source = source;
        this.paths = paths.toArray(String[]::new);
        this.content = content;
        this.categories = new HashMap<>(categories);
    }

    @Override
    public FileFacts[] call() {
        FileFacts[] facts = new FileFacts[paths.length];
        CategoryTable table = CategoryTable.with(categories);
        for (int i = 0; i < paths.length; i++) {
            String raw = source.endsWith("/") ? source + paths[i] : source + "/" + paths[i];
            facts[i] = content
                    ? new FileFacts(ContentDetector.category(RawName.absolute(raw), name(i), table), null)
                    : new FileFacts(null, taken(raw));
        }
        return facts;
    }

    private static @Nullable LocalDate taken(String raw) {
        return PhotoDate.of(RawName.absolute(raw));
    }

    private String name(int i) {
        return paths[i].substring(paths[i].lastIndexOf('/') + 1);
    }

    @Override
    public String toString() {
        String first = "look into " + RawName.shown(paths[0]);
        return paths.length == 1 ? first : first + " and " + (paths.length - 1) + " more";
    }
}
