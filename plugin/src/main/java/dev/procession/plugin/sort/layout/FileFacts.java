package dev.procession.plugin.sort.layout;

import java.io.Serializable;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What was found out about a file by looking into it.
 *
 * @param category the category of its content, null when nobody looked or nothing was recognised
 * @param taken the day on which a photo was taken, null when nobody looked or the photo does not say
 */
public record FileFacts(@Nullable String category, @Nullable LocalDate taken) implements Serializable {

    /** Nothing is known but what the file system says. */
    public static final FileFacts NONE = new FileFacts(null, null);
}
