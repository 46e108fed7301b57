package dev.procession.pool;

/** An item of the caller's cannot be serialized. A class of its own, so that it is never taken for one that a task threw. */
final class RefusedItemException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    RefusedItemException(String message, Throwable cause) {
        super(message, cause);
    }
}
