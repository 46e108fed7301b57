package dev.procession.manager;

/** Goes with an exception that a call in the manager threw, as a suppressed one, and shows where it was thrown there. */
final class RemoteStack extends Exception {
    private static final long serialVersionUID = 1L;

    RemoteStack(String manager, String stack) {
        super("thrown in " + manager + ":\n" + stack.strip(), null, false, false);
    }

    @Override
    @SuppressWarnings("OverrideThrowableToString") // it is printed as a part of another exception, without a class name
    public String toString() {
        return String.valueOf(getMessage());
    }
}
