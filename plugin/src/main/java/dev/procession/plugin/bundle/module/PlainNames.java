package dev.procession.plugin.bundle.module;

import dev.procession.plugin.engine.Metafile;
import dev.procession.plugin.work.FileName;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Takes from a metafile what stands behind the names of files. A style sheet may name {@code sprite.svg#plus},
 * {@code sprite.svg#minus} and {@code icons.eot?v=4#iefix}: to the engine each is an input of its own, and outputs are
 * imported in the same way, by names that no output has. A file may have such a name, too; then it keeps it.
 */
final class PlainNames {
    private final Path base;

    /**
     * Looks for files in a directory.
     *
     * @param base what the names in the metafile are relative to
     */
    PlainNames(Path base) {
        this.base = base;
    }

    /** The same with each file under its own name, once. */
    Metafile in(Metafile metafile) {
        Map<String, Metafile.Input> inputs = new LinkedHashMap<>();
        for (Map.Entry<String, Metafile.Input> input : metafile.inputs().entrySet()) {
            inputs.putIfAbsent(plain(input.getKey()), input.getValue());
        }
        Set<String> points = new HashSet<>();
        for (Metafile.Output output : metafile.outputs().values()) {
            String point = output.entryPoint();
            if (point != null) {
                points.add(point);
            }
        }
        Map<String, Metafile.Output> outputs = new LinkedHashMap<>();
        for (Map.Entry<String, Metafile.Output> output : metafile.outputs().entrySet()) {
            outputs.put(output.getKey(), plain(output.getValue(), metafile, points));
        }
        return new Metafile(inputs, outputs);
    }

    private Metafile.Output plain(Metafile.Output output, Metafile metafile, Set<String> points) {
        Map<String, Long> inputs = new LinkedHashMap<>();
        for (Map.Entry<String, Long> input : output.inputs().entrySet()) {
            String name = plain(input.getKey());
            inputs.put(name, inputs.getOrDefault(name, 0L) + input.getValue());
        }
        List<Metafile.Import> imports = new ArrayList<>();
        for (Metafile.Import each : output.imports()) {
            String path = each.external() || !hasSuffix(each.path())
                    ? each.path()
                    : plain(each.path(), metafile.outputs()::containsKey);
            imports.add(new Metafile.Import(path, each.kind(), each.original(), each.external()));
        }
        String entryPoint = output.entryPoint();
        return new Metafile.Output(
                output.bytes(),
                inputs,
                imports,
                output.exports(),
                entryPoint == null ? null : point(entryPoint, points),
                output.cssBundle());
    }

    /** The chunk of {@code import("./app.js?v=1")} is not what is made of the entry {@code app.js}, and must not pass for it. */
    private String point(String name, Set<String> points) {
        String plain = plain(name);
        return points.contains(plain) ? name : plain;
    }

    private String plain(String input) {
        return hasSuffix(input) ? plain(input, this::isFile) : input;
    }

    /** The longest beginning that is known; the whole if none is. */
    private static String plain(String name, Predicate<String> known) {
        for (int end = name.length(); end > 0; end = suffix(name, end)) {
            if (known.test(name.substring(0, end))) {
                return name.substring(0, end);
            }
        }
        return name;
    }

    /** Most have none, and are not looked for. */
    private static boolean hasSuffix(String name) {
        return suffix(name, name.length()) >= 0;
    }

    private static int suffix(String name, int before) {
        return Math.max(name.lastIndexOf('?', before - 1), name.lastIndexOf('#', before - 1));
    }

    private boolean isFile(String name) {
        try {
            return Files.isRegularFile(FileName.resolve(base, name));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
