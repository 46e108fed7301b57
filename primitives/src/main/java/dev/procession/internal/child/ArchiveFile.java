package dev.procession.internal.child;

import java.nio.file.Path;
import java.util.List;

/**
 * A class-data archive, which lets a JVM map classes that it would otherwise load, check and link.
 *
 * @param file the archive
 * @param prefix the jars that it was made of: the class path of a JVM that uses it has to begin with them
 */
public record ArchiveFile(Path file, List<Path> prefix) {}
