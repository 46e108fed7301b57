package dev.procession.plugin.npm;

import dev.procession.plugin.report.Amount;
import dev.procession.plugin.report.Shown;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** Unpacks one jar's packages into a folder that nobody else knows yet. For one use. */
final class Unpacker {
    private static final Pattern LICENCE_FILE =
            Pattern.compile("(?:licen[cs]e|copying|copyright|notice|third.?party)[^/]*", Pattern.CASE_INSENSITIVE);
    /** The names that npm allows, and those with capitals that it allowed in its first years. */
    private static final Pattern PACKAGE_NAME =
            Pattern.compile("(?:@[A-Za-z0-9~_-][A-Za-z0-9._~-]*/)?[A-Za-z0-9~_-][A-Za-z0-9._~-]{0,213}");

    private final Contents contents;
    private final Path directory;
    private final Limits limits;
    private final List<PackageWriter> writers = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();
    private final List<String> escapes = new ArrayList<>();
    private final byte[] buffer = new byte[64 * 1024];
    private int files;
    private long bytes;

    private Unpacker(Contents contents, Path directory, Limits limits) {
        this.contents = contents;
        this.directory = directory;
        this.limits = limits;
    }

    /**
     * Unpacks.
     *
     * @param directory an empty folder
     * @throws UnusableJarException when the jar is to blame
     * @throws IOException when the folder is
     */
    static Unit unpack(Contents contents, String key, Path directory, Limits limits)
            throws IOException, UnusableJarException {
        return new Unpacker(contents, directory, limits).unpack(key);
    }

    private Unit unpack(String key) throws IOException, UnusableJarException {
        for (String name : contents.names()) {
            EntryName.escape(name).ifPresent(reason -> escapes.add(name + "\" (" + reason + ")"));
        }
        refuseEscapes();
        if (contents.names().size() > limits.files()) {
            throw tooMany();
        }
        for (PackageRoot root : roots()) {
            if (!PACKAGE_NAME.matcher(root.name()).matches()
                    || root.name().equals("node_modules")
                    || EntryName.unportable(root.name()).isPresent()) {
                leftOut.add(root.prefix() + " (" + Shown.text(root.name()) + " is no name of an npm package)");
                continue;
            }
            writers.add(new PackageWriter(root, directory.resolve(Integer.toString(writers.size()))));
        }
        for (String name : contents.names()) {
            Optional<PackageWriter> owner = ownerOf(name);
            if (owner.isPresent()) {
                try (InputStream in = open(name)) {
                    copy(owner.get(), name, in::read);
                }
            }
        }
        unpackMore();
        List<Unit.Content> packages = new ArrayList<>();
        for (PackageWriter writer : writers) {
            packages.add(finish(writer));
        }
        Unit unit = new Unit(key, directory, packages, leftOut);
        unit.write();
        return unit;
    }

    private void refuseEscapes() throws UnusableJarException {
        if (!escapes.isEmpty()) {
            String more = escapes.size() > 1 ? " and " + (escapes.size() - 1) + " more" : "";
            throw new UnusableJarException("is refused, since names in it would lead out of the folder that it is"
                    + " unpacked to: \"" + Shown.text(escapes.get(0)) + more
                    + "; no packer makes such names, so do not trust it: remove the dependency");
        }
    }

    private List<PackageRoot> roots() throws UnusableJarException {
        try {
            return PackageRoots.of(contents);
        } catch (IOException e) {
            throw unreadable("package.json", e);
        }
    }

    private Optional<PackageWriter> ownerOf(String name) {
        return writers.stream()
                .filter(writer -> name.startsWith(writer.root().prefix()))
                .findFirst();
    }

    private InputStream open(String name) throws UnusableJarException {
        try {
            return contents.open(name);
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    /** The files that an mvnpm jar keeps apart; they lie beside the others in the package. */
    private void unpackMore() throws IOException, UnusableJarException {
        Optional<InputStream> more = open();
        if (more.isEmpty()) {
            return;
        }
        try (InputStream in = more.get()) {
            TarFiles tar = new TarFiles(in);
            for (Optional<String> next = next(tar); next.isPresent(); next = next(tar)) {
                String inArchive = next.get();
                EntryName.escape(inArchive)
                        .ifPresent(reason -> escapes.add(inArchive + "\" in " + Contents.MORE + " (" + reason + ")"));
                refuseEscapes();
                String name = "META-INF/" + inArchive;
                Optional<PackageWriter> owner = ownerOf(name);
                if (owner.isPresent()) {
                    copy(owner.get(), name, tar::read);
                }
            }
        }
    }

    private Optional<InputStream> open() throws UnusableJarException {
        try {
            Optional<InputStream> more = contents.more();
            return more.isEmpty()
                    ? more
                    : Optional.of(new BufferedInputStream(new GZIPInputStream(more.get(), 64 * 1024)));
        } catch (IOException e) {
            throw unreadable(Contents.MORE, e);
        }
    }

    private static Optional<String> next(TarFiles tar) throws UnusableJarException {
        try {
            return tar.next();
        } catch (IOException e) {
            throw unreadable(Contents.MORE, e);
        }
    }

    /** Where bytes come from; -1 at the end. */
    private interface Source {
        int read(byte[] buffer) throws IOException;
    }

    private void copy(PackageWriter writer, String name, Source source) throws IOException, UnusableJarException {
        String path = name.substring(writer.root().prefix().length());
        if (writer.files().containsKey(path)) {
            // In the jar and in its archive; the jar is what servers serve.
            return;
        }
        Optional<String> refusal = EntryName.unportable(path).or(() -> writer.collision(path));
        if (refusal.isPresent()) {
            leftOut.add(Shown.text(name) + " (" + refusal.get() + ")");
            return;
        }
        if (++files > limits.files()) {
            throw tooMany();
        }
        try (PackageWriter.Draft draft = writer.create(path)) {
            for (int read = read(source, name); read >= 0; read = read(source, name)) {
                bytes += read;
                if (bytes > limits.bytes()) {
                    throw new UnusableJarException("is refused, since its files have more than "
                            + Amount.bytes(limits.bytes()) + " unpacked; remove the dependency");
                }
                draft.write(buffer, read);
            }
        }
    }

    private int read(Source source, String name) throws UnusableJarException {
        try {
            return source.read(buffer);
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    private Unit.Content finish(PackageWriter writer) throws IOException, UnusableJarException {
        PackageRoot root = writer.root();
        if (root.made().isPresent()) {
            byte[] text = root.made().get().getBytes(StandardCharsets.UTF_8);
            copy(writer, root.prefix() + "package.json", new ByteArrayInputStream(text)::read);
        }
        List<String> licences = writer.files().keySet().stream()
                .filter(file -> LICENCE_FILE.matcher(file).matches()
                        && !file.endsWith(".js")
                        && !file.endsWith(".ts")
                        && !file.endsWith(".map"))
                .sorted()
                .toList();
        return new Unit.Content(
                root.name(),
                root.version(),
                root.licence(),
                licences,
                root.dependencies(),
                new LinkedHashMap<>(writer.files()));
    }

    private UnusableJarException tooMany() {
        return new UnusableJarException(
                "is refused, since it has more than " + Amount.of(limits.files(), "file") + "; remove the dependency");
    }

    private static UnusableJarException unreadable(String name, IOException e) {
        return new UnusableJarException("cannot be read: " + Shown.text(name) + ": "
                + Shown.text(String.valueOf(e.getMessage()))
                + "; delete it from the local repository, so that Maven fetches it again");
    }
}
