package dev.procession.plugin.sort.extra;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/** Libraries that few runs need, and that no build should have in its JVM, since they read what anybody may have made. */
public enum Extra {
    /** Tells what is in a file. */
    CONTENT,
    /** Helps {@link #CONTENT} to tell the files of office programs, old and new, from each other; large. */
    OFFICE,
    /** Tells when a photo was taken. */
    PHOTOS,
    /** Unpacks archives. */
    ARCHIVES;

    private static final String RESOURCE = "extras.properties";

    /**
     * What the user calls it.
     *
     * @return its name in small letters
     */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The artifacts, without what they need in turn.
     *
     * @return Maven coordinates, such as {@code g:a:1.0}
     */
    public List<String> coordinates() {
        Properties all = new Properties();
        try (InputStream resource = Extra.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException(RESOURCE + " is not in the plugin");
            }
            all.load(resource);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.of(all.getProperty(word()).split(" ", -1));
    }
}
