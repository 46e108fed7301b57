package dev.procession.plugin.npm;

import java.nio.file.Path;

/**
 * Where packages are put.
 *
 * @param project the folder that the bundler runs in; a {@code node_modules} in it or above it wins over ours
 * @param folder a folder of the project that nobody else writes to, such as {@code target/procession/npm}: the view with
 *     {@code node_modules} in it. The bundler writes paths relative to the project into comments, names and maps, so this is
 *     the same in every clone, wherever the cache is
 * @param cacheDirectory where this machine keeps unpacked jars from build to build
 */
public record PackagePlaces(Path project, Path folder, Path cacheDirectory) {}
