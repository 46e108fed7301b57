package dev.procession.plugin.output;

import java.nio.file.Path;

/**
 * A file that is whole, and that nobody sees yet.
 *
 * @param target where it will be
 * @param content where its bytes are now
 */
public record StagedFile(Path target, Path content) {}
