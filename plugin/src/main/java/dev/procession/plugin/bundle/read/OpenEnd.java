package dev.procession.plugin.bundle.read;

import java.io.Serializable;

/**
 * What is still open at the end of a file, so that it would swallow the file after it.
 *
 * @param what such as {@code a comment, /*}
 * @param line where it begins, from 1
 * @param certain false when a slash before it could have been a division or the start of a regular expression
 */
public record OpenEnd(String what, int line, boolean certain) implements Serializable {
    private static final long serialVersionUID = 1L;
}
