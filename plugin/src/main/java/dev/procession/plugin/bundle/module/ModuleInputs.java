package dev.procession.plugin.bundle.module;

import dev.procession.plugin.bundle.map.InputMapName;
import dev.procession.plugin.bundle.map.InputMapSources;
import dev.procession.plugin.bundle.publish.OutputClaims;
import dev.procession.plugin.bundle.record.FileState;
import dev.procession.plugin.bundle.record.Freshness;
import dev.procession.plugin.bundle.record.NameList;
import dev.procession.plugin.bundle.record.Sha256;
import dev.procession.plugin.bundle.request.BundleRequest;
import dev.procession.plugin.bundle.request.Problems;
import dev.procession.plugin.bundle.search.SearchedPlaces;
import dev.procession.plugin.engine.Metafile;
import dev.procession.plugin.work.FileName;
import dev.procession.plugin.work.FileStat;
import dev.procession.plugin.work.LastChange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What went into a build, from its metafile: the files with their sums, and what else decides what would come. Files of
 * packages that come from jars are left out, since they never change; the set of packages is in the fingerprint.
 */
final class ModuleInputs {
    private static final Set<String> TEXTS =
            Set.of("js", "jsx", "ts", "tsx", "mjs", "cjs", "mts", "cts", "css", "json", "txt");

    private final BundleRequest request;
    private final ModulePlan plan;
    private final long startedNanos;
    private final Problems problems;
    private final Map<Path, Metafile.Input> inputs = new LinkedHashMap<>();
    private final SearchedPlaces places;
    /** The source maps that inputs came with, which the engine reads and does not name. */
    private final Set<Path> maps = new LinkedHashSet<>();

    ModuleInputs(BundleRequest request, ModulePlan plan, Metafile metafile, long startedNanos, Problems problems) {
        this.request = request;
        this.plan = plan;
        this.startedNanos = startedNanos;
        this.problems = problems;
        List<Path> packages = new ArrayList<>(plan.build().nodePaths());
        for (Path folder : plan.build().nodePaths()) {
            packages.add(OutputClaims.real(folder));
        }
        for (Map.Entry<String, Metafile.Input> input : metafile.inputs().entrySet()) {
            Path file = file(input.getKey());
            if (!isBelow(packages, file)) {
                inputs.put(file, input.getValue());
            }
        }
        this.places = new SearchedPlaces(request.projectDirectory());
        if (plan.config() != null) {
            places.config(plan.config());
        }
        for (Map.Entry<Path, Metafile.Input> input : inputs.entrySet()) {
            places.input(input.getKey(), input.getValue().imports());
        }
    }

    private static boolean isBelow(List<Path> folders, Path file) {
        for (Path folder : folders) {
            if (file.startsWith(folder)) {
                return true;
            }
        }
        return false;
    }

    /** The file of an input; a name may say in front how it was loaded. */
    private Path file(String name) {
        String text = name.startsWith("(disabled):") ? name.substring("(disabled):".length()) : name;
        try {
            return FileName.resolve(request.projectDirectory(), text);
        } catch (InvalidPathException e) {
            return request.projectDirectory();
        }
    }

    /** The files that went in, and those that steer how imports are resolved. */
    List<FileState> files() throws IOException {
        List<FileState> states = new ArrayList<>();
        for (Path file : inputs.keySet()) {
            if (Files.isRegularFile(file)) {
                states.add(state(file, true));
            }
        }
        for (Path map : maps) {
            consider(map);
            for (Path source : InputMapSources.withoutContent(map)) {
                consider(source);
            }
        }
        for (Path file : places.files) {
            if (!inputs.containsKey(file)) {
                states.add(state(file, false));
            }
        }
        return states;
    }

    /** Takes a file that the engine looks at and does not name. */
    private void consider(Path file) {
        if (Files.isRegularFile(file)) {
            places.files.add(file);
        } else if (!Files.exists(file)) {
            places.absent.add(file);
        }
    }

    /** The directories in which imports were looked up, and what was not there. */
    List<FileState> searched() throws IOException {
        List<FileState> states = new ArrayList<>();
        for (Path directory : places.directories) {
            if (Files.isDirectory(directory)) {
                FileStat stat = FileStat.of(directory);
                NameList names = NameList.of(directory, request.buildDirectory(), plan.endings());
                boolean changing =
                        !isSure(stat, stat.modifiedNanos()) && names.anyFileSince(startedNanos - Freshness.TICK_NANOS);
                states.add(new FileState(name(directory), stat, changing ? "changing" : names.sha256()));
            }
        }
        for (Path file : places.absent) {
            states.add(new FileState(name(file), new FileStat(0, 0, "-"), FileState.ABSENT));
        }
        return states;
    }

    private FileState state(Path file, boolean checked) throws IOException {
        FileStat stat = FileStat.of(file);
        boolean sure = isSure(stat, LastChange.nanos(file));
        byte[] content;
        try {
            content = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return new FileState(name(file), new FileStat(-1, 0, "-"), FileState.ABSENT);
        }
        if (checked) {
            checkText(file, content);
            maps.addAll(InputMapName.all(file, content));
        }
        return new FileState(name(file), sure ? stat : unsure(stat), Sha256.of(content));
    }

    /** A file that was written or moved while the engine read may be another one by now: its state then equals none. */
    private static FileStat unsure(FileStat stat) {
        return new FileStat(-1, stat.modifiedNanos(), stat.key());
    }

    private boolean isSure(FileStat stat, long changedNanos) {
        long slack = Freshness.slack(changedNanos);
        return Math.max(stat.modifiedNanos(), changedNanos) < startedNanos - slack;
    }

    private String name(Path file) {
        // On Windows nothing leads from one drive to another.
        return java.util.Objects.equals(
                        file.getRoot(), request.projectDirectory().getRoot())
                ? FileName.of(request.projectDirectory(), file)
                : FileName.unicode(file);
    }

    /** The engine would replace what is no text by question marks, and say nothing. */
    private void checkText(Path file, byte[] content) {
        String text = FileName.unicode(file);
        String ending = text.substring(text.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        if (!TEXTS.contains(ending) && !plan.endings().contains(ending)) {
            return;
        }
        int offset = invalidAt(content);
        if (offset >= 0) {
            problems.addToSources(String.format(
                    "%s is not valid UTF-8 at byte offset %d (byte %02X); convert the file to UTF-8",
                    name(file), offset, content[offset]));
        }
    }

    /** Where the first byte is that means nothing, or -1. */
    private static int invalidAt(byte[] content) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(content);
        CharBuffer out = CharBuffer.allocate(1 << 13);
        while (true) {
            CoderResult result = decoder.decode(in, out, true);
            if (result.isError()) {
                return in.position();
            }
            if (result.isUnderflow()) {
                return -1;
            }
            out.clear();
        }
    }
}
