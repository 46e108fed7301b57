package dev.procession.plugin.npm;

/**
 * What to tell a user whose import nothing provides.
 *
 * @param importName the import as it is in the source, such as {@code lit/decorators.js}
 * @param packageName the package that it names, such as {@code lit}
 * @param advice the way out, one line or several: the dependency to add, the name that may be meant, or what the package
 *     exports
 */
public record MissingPackage(String importName, String packageName, String advice) {}
