package dev.procession.plugin.sort.archive;

import dev.procession.plugin.sort.name.FolderRule;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which archives can be unpacked, by their names.
 *
 * @param container what holds the entries
 * @param compression what the whole is compressed with, for tar archives and single files
 */
public record ArchiveKind(Container container, Compression compression) {

    enum Container {
        ZIP,
        SEVEN_ZIP,
        TAR,
        /** One compressed file. */
        SINGLE
    }

    enum Compression {
        NONE,
        GZIP,
        BZIP2,
        XZ,
        ZSTD
    }

    private static final Map<String, Compression> COMPRESSIONS =
            Map.of("gz", Compression.GZIP, "bz2", Compression.BZIP2, "xz", Compression.XZ, "zst", Compression.ZSTD);

    private static final Map<String, ArchiveKind> KINDS = Map.of(
            "zip", new ArchiveKind(Container.ZIP, Compression.NONE),
            "7z", new ArchiveKind(Container.SEVEN_ZIP, Compression.NONE),
            "tar", new ArchiveKind(Container.TAR, Compression.NONE),
            "tgz", new ArchiveKind(Container.TAR, Compression.GZIP),
            "tbz2", new ArchiveKind(Container.TAR, Compression.BZIP2),
            "tbz", new ArchiveKind(Container.TAR, Compression.BZIP2),
            "txz", new ArchiveKind(Container.TAR, Compression.XZ),
            "tzst", new ArchiveKind(Container.TAR, Compression.ZSTD));

    /** What a raw name promises; empty when it is no archive that can be unpacked. */
    static Optional<ArchiveKind> of(String name) {
        int dot = name.startsWith(".") ? -1 : FolderRule.extensionDot(name);
        if (dot < 0) {
            return Optional.empty();
        }
        String extension = name.substring(dot + 1).toLowerCase(Locale.ROOT);
        ArchiveKind kind = KINDS.get(extension);
        if (kind != null) {
            return Optional.of(kind);
        }
        boolean tar = extension.startsWith("tar.");
        Compression compression = COMPRESSIONS.get(tar ? extension.substring(4) : extension);
        return compression == null
                ? Optional.empty()
                : Optional.of(new ArchiveKind(tar ? Container.TAR : Container.SINGLE, compression));
    }

    /** The raw name of an archive without what makes it one. */
    public static String stem(String name) {
        return name.substring(0, FolderRule.extensionDot(name));
    }
}
