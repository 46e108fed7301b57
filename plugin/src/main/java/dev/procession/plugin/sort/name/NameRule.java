package dev.procession.plugin.sort.name;

/**
 * What a file is called in the output, and what folders are called there. Two names may become one by it: that is a
 * collision like any other.
 */
public interface NameRule {

    /** Byte for byte, as it is. */
    NameRule KEEP = name -> name;

    /** The raw name for a raw name; not empty, and without '/', if the given one is so. */
    String apply(String name);
}
