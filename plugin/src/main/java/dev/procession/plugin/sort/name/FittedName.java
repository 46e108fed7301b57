package dev.procession.plugin.sort.name;

/** What a changed name must be, whoever changed it: a name at all, not too long, and hidden only if it was. */
public final class FittedName {
    private static final String STAND_IN = "_";

    private FittedName() {}

    /**
     * A raw name that can be used.
     *
     * @param original what the file is called
     * @param changed what it is to be called
     */
    public static String of(String original, String changed) {
        boolean nothingLeft = changed.isEmpty()
                // Only an extension is left of a name, or something that means a directory.
                || (changed.startsWith(".") && !original.startsWith("."))
                || changed.equals(".")
                || changed.equals("..");
        String name = nothingLeft ? STAND_IN + changed : changed;
        if (name.length() <= NumberedName.LONGEST) {
            return name;
        }
        int dot = name.startsWith(".") ? -1 : FolderRule.extensionDot(name);
        String end = dot < 0 ? "" : name.substring(dot);
        return NumberedName.cut(dot < 0 ? name : name.substring(0, dot), NumberedName.LONGEST - end.length()) + end;
    }
}
