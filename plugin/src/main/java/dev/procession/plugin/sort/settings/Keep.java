package dev.procession.plugin.sort.settings;

/** What a copy keeps of its source beside content, time of modification and permissions, on request. */
public enum Keep {
    /** User and group. */
    OWNER("owner", "owner"),
    /** The user's extended attributes. */
    XATTRS("xattrs", "user"),
    /** The access control list, on Windows. */
    ACL("acl", "acl");

    private final String word;
    private final String view;

    Keep(String word, String view) {
        this.word = word;
        this.view = view;
    }

    /** What the user types. */
    public String word() {
        return word;
    }

    /** The file system's view that offers it. */
    public String view() {
        return view;
    }
}
