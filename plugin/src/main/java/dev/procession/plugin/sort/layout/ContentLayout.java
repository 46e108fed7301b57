package dev.procession.plugin.sort.layout;

import dev.procession.plugin.sort.scan.SourceFile;

/**
 * One folder for each category, by what is in a file: a picture that is called {@code notes.txt} is a picture. Every file
 * is looked into.
 */
public record ContentLayout() implements Layout {
    @Override
    public Target place(SourceFile file, FileFacts facts) {
        String category = facts.category();
        return new Target(category == null ? CategoryTable.UNKNOWN : category, file.name());
    }

    @Override
    public boolean needsFacts(SourceFile file) {
        return true;
    }
}
