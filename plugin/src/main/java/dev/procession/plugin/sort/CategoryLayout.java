package dev.procession.plugin.sort;

/** One folder for each category, by the name of a file alone. */
record CategoryLayout(CategoryTable table) implements Layout {
    @Override
    public Target place(SourceFile file, FileFacts facts) {
        String name = file.name();
        return new Target(table.of(name), name);
    }
}
