package dev.procession.plugin.sort.content;

import dev.procession.plugin.sort.layout.CategoryTable;
import dev.procession.plugin.sort.name.RawName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.apache.tika.detect.DefaultDetector;
import org.apache.tika.detect.Detector;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MediaTypeRegistry;
import org.apache.tika.mime.MimeType;
import org.apache.tika.mime.MimeTypeException;
import org.apache.tika.mime.MimeTypes;
import org.jspecify.annotations.Nullable;

/**
 * The category of a file by what is in it. The name counts where the content allows it: a script is a text, but one that is
 * called {@code .py} is a Python script; a picture is a picture, whatever it is called. Only in child processes.
 */
final class ContentDetector {

    /** They say nothing of what is in them, so that a name that is known here, and to nobody else, is believed. */
    private static final Set<String> GENERAL = Set.of(
            "application/octet-stream",
            "text/plain",
            "application/zip",
            "application/xml",
            "application/x-empty",
            "application/x-tika-msoffice",
            "application/x-tika-ooxml");

    private ContentDetector() {}

    /** Read once in each process: that takes a part of a second. */
    private static final class Tika {
        static final MimeTypes TYPES = MimeTypes.getDefaultMimeTypes();
        static final Detector DETECTOR = new DefaultDetector(TYPES);
        static final ContentTypes CATEGORIES = ContentTypes.load();
    }

    /** The category as a raw name; null when the file cannot be read, or nothing is known of it. */
    static @Nullable String category(Path file, String name, CategoryTable table) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return null;
        }
        Metadata metadata = new Metadata();
        metadata.set(TikaCoreProperties.RESOURCE_NAME_KEY, RawName.unicode(name).orElse(name));
        MediaType type;
        MediaType named;
        try (TikaInputStream in = TikaInputStream.get(file)) {
            type = Tika.DETECTOR.detect(in, metadata);
            named = Tika.TYPES.detect(null, metadata);
            if (type.toString().equals("application/zip") && OfficeZip.isOffice(file)) {
                type = MediaType.parse("application/x-tika-ooxml");
            }
        } catch (IOException e) {
            return null;
        }
        MediaTypeRegistry registry = Tika.TYPES.getMediaTypeRegistry();
        boolean general = GENERAL.contains(type.toString());
        if (general && (named.equals(MediaType.OCTET_STREAM) || registry.isSpecializationOf(named, type))) {
            Optional<String> byName = table.find(name);
            if (byName.isPresent()) {
                return byName.get();
            }
        }
        return byType(type, registry, table);
    }

    private static @Nullable String byType(MediaType detected, MediaTypeRegistry registry, CategoryTable table) {
        for (MediaType type = detected;
                type != null && !type.equals(MediaType.OCTET_STREAM);
                type = registry.getSupertype(type)) {
            MediaType base = type.getBaseType();
            Optional<String> found = Tika.CATEGORIES
                    .exact(base.toString())
                    .or(() -> byExtension(base, table))
                    .or(() -> Tika.CATEGORIES.group(base.toString()));
            if (found.isPresent()) {
                return found.get();
            }
        }
        return null;
    }

    private static Optional<String> byExtension(MediaType type, CategoryTable table) {
        try {
            MimeType known = Tika.TYPES.getRegisteredMimeType(type.toString());
            return known == null
                    ? Optional.empty()
                    : known.getExtensions().stream()
                            .map(extension -> table.ofExtension(extension.substring(1)))
                            .flatMap(Optional::stream)
                            .findFirst();
        } catch (MimeTypeException e) {
            return Optional.empty();
        }
    }
}
