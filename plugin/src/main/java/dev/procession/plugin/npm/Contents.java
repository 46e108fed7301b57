package dev.procession.plugin.npm;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.SortedSet;

/**
 * What a jar or a class directory holds in the places where npm packages are: names with '/', from the root of the jar. Not
 * thread-safe.
 */
interface Contents extends Closeable {
    /** Where WebJars keep files. */
    String WEBJARS = "META-INF/resources/webjars/";

    /** Where mvnpm keeps them. */
    String STATIC = "META-INF/resources/_static/";

    /** Says which import leads to which file below {@link #STATIC}, without the origin. */
    String IMPORT_MAP = "META-INF/importmap.json";

    /** The TypeScript files of an mvnpm jar, from {@code META-INF/} on: kept apart so that no server serves them. */
    String MORE = "META-INF/.more.tgz";

    static boolean concerns(String name) {
        return name.startsWith(WEBJARS) || name.startsWith(STATIC) || name.equals(IMPORT_MAP);
    }

    /** The names of the regular files that {@link #concerns} is true of. */
    SortedSet<String> names();

    /** Opens one of {@link #names()}. */
    InputStream open(String name) throws IOException;

    /** Opens {@link #MORE} when it is there. */
    Optional<InputStream> more() throws IOException;
}
