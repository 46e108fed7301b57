package dev.procession.models;

/**
 * One model in one size, and what must come out.
 *
 * @param quick whether it takes well under a second
 * @param mutation what was left out or turned round, so that a fault must be found; empty for the protocol itself
 */
record Case(String protocol, boolean quick, String mutation, Model model) {
    static Case quick(String protocol, Model model) {
        return new Case(protocol, true, "", model);
    }

    static Case thorough(String protocol, Model model) {
        return new Case(protocol, false, "", model);
    }

    static Case mutation(String protocol, String mutation, Model model) {
        return new Case(protocol, true, mutation, model);
    }

    static Case thoroughMutation(String protocol, String mutation, Model model) {
        return new Case(protocol, false, mutation, model);
    }

    @Override
    public String toString() {
        return protocol + (mutation.isEmpty() ? ": " + model : ": " + mutation);
    }
}
