package dev.procession.plugin.sort.archive;

import dev.procession.plugin.sort.name.FittedName;
import dev.procession.plugin.sort.name.RawName;
import java.util.ArrayList;
import java.util.List;

/** Where an entry of an archive goes, below the archive's own folder: what leads out of there is refused. */
final class EntryPath {
    private EntryPath() {}

    /** The archive cannot be unpacked; the message follows the archive's name. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    /**
     * The parts of a path.
     *
     * @param name the raw name that the archive has
     * @param backslashes whether they separate parts too
     * @return raw names, none of them empty or a way up; an empty list for the folder itself
     */
    static List<String> parts(String name, boolean backslashes) throws RefusedException {
        String path = backslashes ? name.replace('\\', '/') : name;
        if (path.startsWith("/") || path.matches("(?s)[A-Za-z]:.*")) {
            throw refused(name, "is absolute");
        }
        if (path.indexOf('\0') >= 0) {
            throw refused(name, "holds a NUL character");
        }
        List<String> parts = new ArrayList<>();
        for (String part : path.split("/", -1)) {
            if (part.equals("..")) {
                throw refused(name, "leads out of it");
            }
            if (!part.isEmpty() && !part.equals(".")) {
                parts.add(FittedName.of(part, part));
            }
        }
        if (parts.size() > ArchiveLimits.FOLDERS) {
            throw refused(name, "lies more than " + ArchiveLimits.FOLDERS + " folders deep");
        }
        return parts;
    }

    private static RefusedException refused(String name, String why) {
        String shown = RawName.shown(name);
        return new RefusedException("is refused: its entry "
                + (shown.length() > 200 ? shown.substring(0, 200) + "..." : shown) + " " + why);
    }
}
