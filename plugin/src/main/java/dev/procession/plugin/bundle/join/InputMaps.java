package dev.procession.plugin.bundle.join;

import dev.procession.plugin.bundle.input.Input;
import dev.procession.plugin.bundle.input.ScriptSource;
import dev.procession.plugin.bundle.map.InputMap;
import dev.procession.plugin.bundle.map.InputMapName;
import dev.procession.plugin.bundle.map.InputMapReader;
import dev.procession.plugin.bundle.map.SourceMapWriter;
import dev.procession.plugin.bundle.map.SourceNames;
import dev.procession.plugin.bundle.record.FileState;
import dev.procession.plugin.bundle.record.Sha256;
import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.report.Shown;
import dev.procession.plugin.work.FileName;
import dev.procession.plugin.work.FileStat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the source maps that inputs came with: inside them as a {@code data:} address, or as a file beside them. One
 * that cannot be read costs a warning, and the input stands for itself. Remembers every file that it looked for, since
 * a bundle is out of date when one of them changes or appears. Not thread-safe.
 */
final class InputMaps implements AutoCloseable {
    private final ScriptSource source = new ScriptSource();
    private final Path projectDirectory;
    private final BuildLog log;
    private final Map<String, FileState> found = new LinkedHashMap<>();

    InputMaps(Path projectDirectory, BuildLog log) {
        this.projectDirectory = projectDirectory;
        this.log = log;
    }

    /** The files that were looked for since the last call. */
    List<FileState> takeFound() {
        List<FileState> taken = List.copyOf(found.values());
        found.clear();
        return taken;
    }

    /**
     * The map of an input.
     *
     * @param address what its last comment says, empty when it says nothing
     */
    Optional<InputMap> find(Input input, String address) {
        if (address.isEmpty()) {
            return Optional.empty();
        }
        try {
            String text = address.startsWith("data:") ? ofData(address) : ofFile(input, address);
            if (text == null) {
                return Optional.empty();
            }
            InputMap map = InputMapReader.read(text);
            return Optional.of(named(input, address, map));
        } catch (IOException | IllegalArgumentException e) {
            log.warn("the source map of " + Shown.text(input.name()) + " ("
                    + (address.startsWith("data:") ? "in its last comment" : Shown.text(address))
                    + ") cannot be used: " + Shown.text(String.valueOf(e.getMessage()))
                    + "; the bundle's map leads to the file itself");
            return Optional.empty();
        }
    }

    private static String ofData(String address) throws IOException {
        int comma = address.indexOf(',');
        if (comma < 0) {
            throw new IOException("its data: address has no comma");
        }
        String content = address.substring(comma + 1);
        if (address.substring(0, comma).toLowerCase(Locale.ROOT).endsWith(";base64")) {
            // Blanks are no part of an address.
            return new String(Base64.getMimeDecoder().decode(content), StandardCharsets.UTF_8);
        }
        return InputMapName.decoded(content);
    }

    private @Nullable String ofFile(Input input, String address) throws IOException {
        if (address.matches("[A-Za-z][A-Za-z0-9+.-]*:.*") || address.startsWith("/")) {
            log.debug("the source map of " + Shown.text(input.name()) + " is elsewhere: " + Shown.text(address));
            return null;
        }
        String name = InputMapName.decoded(address.replaceFirst("[?#].*$", ""));
        Optional<byte[]> bytes = beside(input, name);
        if (bytes.isEmpty()) {
            // Published packages often have the comment without the map; their users can do nothing about it.
            log.debug("the source map of " + Shown.text(input.name()) + " is not there: " + Shown.text(address));
            return null;
        }
        return new String(bytes.get(), StandardCharsets.UTF_8);
    }

    /** A file whose name is relative to the input; empty when there is none. */
    private Optional<byte[]> beside(Input input, String name) throws IOException {
        if (ScriptSource.isInJar(input.location())) {
            String location = input.location();
            int inside = location.indexOf("!/") + 2;
            String entry = SourceNames.resolve(location.substring(inside), name);
            if (!entry.startsWith("META-INF/resources/")) {
                return Optional.empty();
            }
            try {
                return Optional.of(source.read(location.substring(0, inside) + entry));
            } catch (NoSuchFileException e) {
                return Optional.empty();
            }
        }
        Path file;
        try {
            Path directory = FileName.path(input.location()).getParent();
            if (directory == null) {
                return Optional.empty();
            }
            file = FileName.resolve(directory, name);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
        if (!file.startsWith(projectDirectory)) {
            log.debug(FileName.shown(file) + " is not read, it lies outside the project");
            return Optional.empty();
        }
        String known = FileName.of(projectDirectory, file);
        try {
            if (!Files.isRegularFile(file)) {
                throw new NoSuchFileException(known);
            }
            FileStat stat = FileStat.of(file);
            byte[] content = source.read(ScriptSource.ofFile(file));
            found.put(known, new FileState(known, stat, Sha256.of(content)));
            return Optional.of(content);
        } catch (FileSystemException e) {
            // Not there, or a directory, or not for us.
            found.put(known, FileState.missing(known));
            return Optional.empty();
        }
    }

    /** The map with names of sources as the project sees them, and with the texts that lie beside it. */
    private InputMap named(Input input, String address, InputMap map) throws IOException {
        String own = SourceMapWriter.url(input.name());
        String base = address.startsWith("data:") ? own : SourceNames.resolve(own, address.replaceFirst("[?#].*$", ""));
        List<String> sources = new ArrayList<>();
        List<@Nullable String> contents = new ArrayList<>();
        for (int i = 0; i < map.sources().size(); i++) {
            String source = map.sources().get(i);
            sources.add(SourceNames.isElsewhere(source) ? source : SourceNames.resolve(base, source));
            String content = map.contents().get(i);
            if (content == null && !SourceNames.isElsewhere(source)) {
                String beside = address.startsWith("data:") ? source : SourceNames.resolve(address, source);
                content = beside(input, InputMapName.decoded(beside))
                        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                        .orElse(null);
            }
            contents.add(content);
        }
        return new InputMap(sources, contents, map.names(), map.segments());
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
