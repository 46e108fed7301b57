package dev.procession.plugin.npm;

/** A unit of the cache is not what its list says: somebody changed it, or a power failure did. */
final class DamagedUnitException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String key;

    DamagedUnitException(String key, String message) {
        super(message);
        this.key = key;
    }

    /** Which unit. */
    String key() {
        return key;
    }
}
