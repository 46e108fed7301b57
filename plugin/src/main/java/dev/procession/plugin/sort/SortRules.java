package dev.procession.plugin.sort;

/**
 * What is sorted, and where to: all that the user can say about it, understood and checked.
 *
 * @param filter which files
 * @param layout where each goes, and how it is called there
 */
record SortRules(FileFilter filter, Layout layout) {

    /** All files, one folder for each extension, names as they are. */
    static final SortRules DEFAULT = new SortRules(FileFilter.ALL, new ExtensionLayout());
}
