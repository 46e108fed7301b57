package dev.procession.plugin.lecture.play;

import dev.procession.plugin.lecture.OwnCode;
import dev.procession.plugin.lecture.Terminal;
import dev.procession.plugin.work.WorkerCode;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a user asked for.
 *
 * @param example numbers and names of examples with commas between them, or {@code all}; null for the list of examples
 * @param language {@code en} or {@code uk}; null for the one of the locale
 * @param speed a number above 0 by which waits are divided
 * @param locale the user's
 * @param console what the console can print
 * @param directory where the transcripts go; made when it is needed
 * @param code what the children run
 * @param limit how long one example may take at speed 1
 * @param own examples of the project
 * @param terminal for a menu and a live view of the lanes; null where nobody sits
 */
public record LectureRequest(
        @Nullable String example,
        @Nullable String language,
        String speed,
        Locale locale,
        Charset console,
        Path directory,
        WorkerCode code,
        Duration limit,
        OwnCode own,
        @Nullable Terminal terminal) {
    /** The outer limit of the lecture: an example usually takes a second or two. */
    public static final Duration LIMIT = Duration.ofSeconds(30);

    /**
     * A request for examples of the lecture, with nobody in front of the screen.
     *
     * @param example numbers and names of examples with commas between them, or {@code all}; null for the list of examples
     * @param language {@code en} or {@code uk}; null for the one of the locale
     * @param speed a number above 0 by which waits are divided
     * @param locale the user's
     * @param console what the console can print
     * @param directory where the transcripts go; made when it is needed
     * @param code what the children run
     * @param limit how long one example may take at speed 1
     */
    public LectureRequest(
            @Nullable String example,
            @Nullable String language,
            String speed,
            Locale locale,
            Charset console,
            Path directory,
            WorkerCode code,
            Duration limit) {
        this(example, language, speed, locale, console, directory, code, limit, OwnCode.NONE, null);
    }
}
