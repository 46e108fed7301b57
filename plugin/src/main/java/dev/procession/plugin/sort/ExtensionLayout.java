package dev.procession.plugin.sort;

/** One folder for each extension, as {@link FolderRule} tells it. */
record ExtensionLayout() implements Layout {
    @Override
    public Target place(SourceFile file, FileFacts facts) {
        String name = file.name();
        return new Target(FolderRule.folderOf(name), name);
    }
}
