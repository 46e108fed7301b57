package dev.procession.plugin.bundle.map;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The source map that came with an input: where the parts of the input come from.
 *
 * @param sources their addresses, relative to the project where they lie in it
 * @param contents their texts, null where nobody has them
 * @param names what was called otherwise
 * @param segments in ascending order
 */
public record InputMap(List<String> sources, List<@Nullable String> contents, List<String> names, Segments segments) {}
