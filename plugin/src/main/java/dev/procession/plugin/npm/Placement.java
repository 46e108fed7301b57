package dev.procession.plugin.npm;

import java.nio.file.Path;

/**
 * A package, and where it goes.
 *
 * @param path below {@code node_modules}, with '/': its name, or {@code user/node_modules/name} for the version that only one
 *     user gets
 * @param unit the unpacked jar that has it
 * @param content the package in the unit
 * @param coordinates the artifact that it came in
 */
record Placement(String path, Unit unit, Unit.Content content, String coordinates) {

    /** Where its files are in the cache. */
    Path source() {
        return unit.directory(content);
    }

    String name() {
        return content.name();
    }

    /** The package that it lies in, or itself. */
    String top() {
        int nested = path.indexOf("/node_modules/");
        return nested < 0 ? path : path.substring(0, nested);
    }

    /** Equal for what is equal in content and place, on every machine. */
    String identity() {
        return path + " " + unit.key() + " " + unit.packages().indexOf(content);
    }
}
