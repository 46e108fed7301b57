package dev.procession.plugin.sort.archive;

import dev.procession.plugin.report.Shown;
import dev.procession.plugin.sort.failure.Reason;
import dev.procession.plugin.sort.name.Names;
import dev.procession.plugin.sort.name.RawName;
import java.io.BufferedInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.apache.commons.compress.MemoryLimitException;
import org.apache.commons.compress.PasswordRequiredException;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;

/** Reads archives, entry by entry; what may be written where, {@link UnpackedTree} says. Only in child processes. */
final class Unpacker {
    /** What the dictionaries of xz and 7z may take. */
    private static final int DICTIONARY_KIB = 160 << 10;

    private final UnpackedTree tree;
    private final ArchiveLimits limits;
    private final List<String> remarks = new ArrayList<>();

    private Unpacker(UnpackedTree tree, ArchiveLimits limits) {
        this.tree = tree;
        this.limits = limits;
    }

    static UnpackTask.Report unpack(Path archive, Path folder, Path list, Names names, ArchiveLimits limits)
            throws IOException {
        UnpackedTree tree = new UnpackedTree(folder, list, names.rule(), limits, Files.size(archive));
        Unpacker unpacker = new Unpacker(tree, limits);
        try {
            unpacker.read(archive, List.of(), 1);
        } catch (EntryPath.RefusedException e) {
            return UnpackTask.Report.refused(String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            return UnpackTask.Report.refused("cannot be unpacked: " + why(e));
        }
        tree.finish();
        return new UnpackTask.Report(
                tree.files(), tree.bytes(), tree.leftOut(), String.join("\n", unpacker.remarks), "");
    }

    /** A library of formats tells of damage by all kinds of exceptions. */
    private static String why(Exception e) {
        if (e instanceof UnpackedTree.WriteException write) {
            return String.valueOf(write.getMessage());
        }
        if (e instanceof PasswordRequiredException) {
            return "it is encrypted";
        }
        if (e instanceof MemoryLimitException) {
            return "it needs more memory than it may take (" + Shown.text(String.valueOf(e.getMessage())) + ")";
        }
        return "it is damaged, or no such archive ("
                + Reason.of(e instanceof IOException io ? io : new IOException(e.toString(), e)) + ")";
    }

    private void read(Path archive, List<String> below, int depth) throws IOException, EntryPath.RefusedException {
        String name = RawName.of(archive.getFileName());
        ArchiveKind kind = ArchiveKind.of(name).orElseThrow(() -> new IOException("no archive by its name"));
        List<Path> inner = new ArrayList<>();
        switch (kind.container()) {
            case ZIP -> zip(archive, below, inner);
            case SEVEN_ZIP -> sevenZip(archive, below, inner);
            case TAR -> {
                try (InputStream in = decompressed(archive, kind.compression())) {
                    tar(in, below, inner);
                }
            }
            case SINGLE -> {
                try (InputStream in = decompressed(archive, kind.compression())) {
                    FileTime modified = Files.getLastModifiedTime(archive);
                    note(tree.file(joined(below, List.of(ArchiveKind.stem(name))), in, modified, 0), inner);
                }
            }
        }
        for (Path packed : inner) {
            descend(packed, depth);
        }
    }

    /** An archive inside: unpacked beside itself, unless that is too deep. */
    private void descend(Path packed, int depth) throws IOException, EntryPath.RefusedException {
        if (depth >= limits.nesting()) {
            return;
        }
        List<String> path = tree.pathOf(packed);
        String folder = ArchiveKind.stem(path.get(path.size() - 1));
        List<String> into = tree.newFolder(joined(path.subList(0, path.size() - 1), List.of(folder)));
        try {
            read(packed, into, depth + 1);
        } catch (EntryPath.RefusedException e) {
            tree.removeFolder(into);
            remarks.add("the archive " + RawName.shown(String.join("/", path)) + " in it " + e.getMessage());
        } catch (UnpackedTree.WriteException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            tree.removeFolder(into);
            remarks.add(
                    "the archive " + RawName.shown(String.join("/", path)) + " in it cannot be unpacked: " + why(e));
        }
    }

    private void note(Path file, List<Path> inner) {
        if (limits.nesting() > 1
                && ArchiveKind.of(RawName.of(file.getFileName())).isPresent()) {
            inner.add(file);
        }
    }

    private void zip(Path archive, List<String> below, List<Path> inner)
            throws IOException, EntryPath.RefusedException {
        try (ZipFile zip = ZipFile.builder()
                .setPath(archive)
                .setCharset(StandardCharsets.UTF_8)
                .get()) {
            for (ZipArchiveEntry entry : Collections.list(zip.getEntriesInPhysicalOrder())) {
                String raw = zipName(entry);
                boolean windows = File.separatorChar == '\\'
                        || (entry.getPlatform() == ZipArchiveEntry.PLATFORM_FAT && raw.indexOf('/') < 0);
                List<String> parts = joined(below, EntryPath.parts(raw, windows));
                if (entry.isDirectory() || (windows && raw.endsWith("\\"))) {
                    tree.folder(parts);
                } else if (entry.isUnixSymlink() || isSpecial(entry.getUnixMode())) {
                    tree.leaveOut();
                } else if (entry.getGeneralPurposeBit().usesEncryption()) {
                    throw new PasswordRequiredException(RawName.shown(raw));
                } else {
                    CRC32 crc = new CRC32();
                    try (InputStream in = new CheckedInputStream(zip.getInputStream(entry), crc)) {
                        note(tree.file(parts, in, entry.getLastModifiedTime(), entry.getUnixMode()), inner);
                    }
                    // The library checks that in streams, and not where it can seek.
                    if (crc.getValue() != entry.getCrc()) {
                        throw new IOException("the checksum of its entry " + RawName.shown(raw) + " is wrong");
                    }
                }
            }
        }
    }

    /** The bytes of the name; the name in Unicode where the archive has that beside bytes in an old encoding. */
    private static String zipName(ZipArchiveEntry entry) {
        byte[] raw = entry.getRawName();
        return raw == null || entry.getNameSource() == ZipArchiveEntry.NameSource.UNICODE_EXTRA_FIELD
                ? RawName.ofUnicode(entry.getName())
                : new String(raw, StandardCharsets.ISO_8859_1);
    }

    /** A device, pipe or socket, by the bits of a file's kind. */
    private static boolean isSpecial(int mode) {
        int kind = mode & 0170000;
        return kind != 0 && kind != 0100000 && kind != 0040000;
    }

    private void tar(InputStream in, List<String> below, List<Path> inner)
            throws IOException, EntryPath.RefusedException {
        Map<String, Path> written = new HashMap<>();
        // Each byte as a char of its own: names are bytes here.
        try (TarArchiveInputStream tar = new TarArchiveInputStream(in, StandardCharsets.ISO_8859_1.name())) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                String raw = tarName(entry.getName());
                List<String> parts = joined(below, EntryPath.parts(raw, File.separatorChar == '\\'));
                if (entry.isDirectory()) {
                    tree.folder(parts);
                } else if (entry.isLink()) {
                    // The second name of a file that came before.
                    Path first = written.get(tarName(entry.getLinkName()));
                    if (first == null) {
                        tree.leaveOut();
                    } else {
                        try (InputStream again = Files.newInputStream(first, LinkOption.NOFOLLOW_LINKS)) {
                            note(tree.file(parts, again, entry.getLastModifiedTime(), entry.getMode()), inner);
                        }
                    }
                } else if (!entry.isFile()
                        || entry.isSymbolicLink()
                        || entry.isCharacterDevice()
                        || entry.isBlockDevice()
                        || entry.isFIFO()) {
                    tree.leaveOut();
                } else {
                    Path file = tree.file(parts, tar, entry.getLastModifiedTime(), entry.getMode());
                    written.put(raw, file);
                    note(file, inner);
                }
            }
        }
    }

    /**
     * The library reads the old headers as bytes, as we tell it to, and the newer ones, which are UTF-8, as characters. What
     * cannot be the bytes of UTF-8 was characters.
     */
    private static String tarName(String name) {
        boolean bytes =
                name.chars().allMatch(c -> c < 256) && RawName.unicode(name).isPresent();
        return bytes ? name : RawName.ofUnicode(name);
    }

    private void sevenZip(Path archive, List<String> below, List<Path> inner)
            throws IOException, EntryPath.RefusedException {
        try (SevenZFile seven = SevenZFile.builder()
                .setPath(archive)
                .setMaxMemoryLimitKiB(DICTIONARY_KIB)
                .get()) {
            for (SevenZArchiveEntry entry = seven.getNextEntry(); entry != null; entry = seven.getNextEntry()) {
                String name = Optional.ofNullable(entry.getName())
                        .orElse(ArchiveKind.stem(RawName.of(archive.getFileName())));
                List<String> parts =
                        joined(below, EntryPath.parts(RawName.ofUnicode(name), File.separatorChar == '\\'));
                // 7-Zip keeps the mode of Unix in the upper half of the attributes of Windows.
                int mode = entry.getHasWindowsAttributes() ? entry.getWindowsAttributes() >>> 16 : 0;
                if (entry.isDirectory()) {
                    tree.folder(parts);
                } else if (entry.isAntiItem() || isSpecial(mode)) {
                    tree.leaveOut();
                } else {
                    FileTime modified = entry.getHasLastModifiedDate() ? entry.getLastModifiedTime() : null;
                    note(tree.file(parts, seven.getInputStream(entry), modified, mode), inner);
                }
            }
        }
    }

    private static InputStream decompressed(Path archive, ArchiveKind.Compression compression) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(archive, LinkOption.NOFOLLOW_LINKS));
        try {
            return switch (compression) {
                case NONE -> in;
                case GZIP ->
                    GzipCompressorInputStream.builder()
                            .setInputStream(in)
                            .setDecompressConcatenated(true)
                            .get();
                case BZIP2 -> new BZip2CompressorInputStream(in, true);
                case XZ ->
                    XZCompressorInputStream.builder()
                            .setInputStream(in)
                            .setDecompressConcatenated(true)
                            .setMemoryLimitKiB(DICTIONARY_KIB)
                            .get();
                case ZSTD -> new ZstdCompressorInputStream(in);
            };
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    private static List<String> joined(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
