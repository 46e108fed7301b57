package dev.procession.plugin.sort.layout;

import dev.procession.plugin.sort.name.FolderRule;
import dev.procession.plugin.sort.scan.SourceFile;

/** One folder for each extension, as {@link FolderRule} tells it. */
public record ExtensionLayout() implements Layout {
    @Override
    public Target place(SourceFile file, FileFacts facts) {
        String name = file.name();
        return new Target(FolderRule.folderOf(name), name);
    }
}
