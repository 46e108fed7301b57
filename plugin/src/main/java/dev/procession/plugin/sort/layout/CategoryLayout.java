package dev.procession.plugin.sort.layout;

import dev.procession.plugin.sort.scan.SourceFile;

/** One folder for each category, by the name of a file alone. */
public record CategoryLayout(CategoryTable table) implements Layout {
    @Override
    public Target place(SourceFile file, FileFacts facts) {
        String name = file.name();
        return new Target(table.of(name), name);
    }
}
