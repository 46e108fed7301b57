package dev.procession.plugin.sort;

/**
 * One folder for each category, by what is in a file: a picture that is called {@code notes.txt} is a picture. Every file
 * is looked into.
 */
record ContentLayout() implements Layout {
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
