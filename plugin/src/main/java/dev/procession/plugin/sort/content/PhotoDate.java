package dev.procession.plugin.sort.content;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** When a photo was taken, as the camera's clock had it. Only in child processes. */
final class PhotoDate {
    /** Taken before digitized; the date of the last change by a program is nothing that a photo is known by. */
    private static final int[] TAGS = {ExifDirectoryBase.TAG_DATETIME_ORIGINAL, ExifDirectoryBase.TAG_DATETIME_DIGITIZED
    };

    /** EXIF writes 2024:02:29 12:00:00; some programs write dashes. */
    private static final Pattern DAY = Pattern.compile("(\\d{4})[:/-](\\d{2})[:/-](\\d{2})(?:\\D.*)?");

    private PhotoDate() {}

    /** Null when the file is no photo that says so. */
    static @Nullable LocalDate of(Path file) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return null;
        }
        try (InputStream in = Files.newInputStream(file)) {
            Metadata metadata = ImageMetadataReader.readMetadata(in, Files.size(file));
            for (int tag : TAGS) {
                for (Directory directory : metadata.getDirectoriesOfType(ExifDirectoryBase.class)) {
                    LocalDate day = day(directory.getString(tag));
                    if (day != null) {
                        return day;
                    }
                }
            }
            return null;
        } catch (ImageProcessingException | IOException e) {
            return null;
        }
    }

    /** The camera's own date: a time zone, which it does not write, must not move a photo to another day. */
    private static @Nullable LocalDate day(@Nullable String text) {
        Matcher matcher = DAY.matcher(text == null ? "" : text.trim());
        try {
            return matcher.matches()
                    ? LocalDate.of(
                            Integer.parseInt(matcher.group(1)),
                            Integer.parseInt(matcher.group(2)),
                            Integer.parseInt(matcher.group(3)))
                    : null;
        } catch (DateTimeException e) {
            // A camera whose clock was never set writes 0000:00:00.
            return null;
        }
    }
}
