package dev.procession.process;

/**
 * The class that a child's body was written in. A child has a class path, and nothing else: what another class loader has
 * brought into this process (the source launcher, a shell, a scripting engine, a plugin) it will not find.
 */
final class BodyClass {
    private BodyClass() {}

    /**
     * Refuses a body that no child with the class path of this process can run: in it, all that could be said is
     * {@code ClassNotFoundException}.
     *
     * @param child what messages call the child
     * @param body the class of the task, or of the child itself
     */
    static void requireFindable(String child, Class<?> body) {
        ClassLoader system = ClassLoader.getSystemClassLoader();
        ClassLoader loader = body.getClassLoader();
        if (loader == null
                || loader == system
                || loader == system.getParent()
                || BodyClass.class.getClassLoader() != system) { // then the library itself is what is looked for first
            return;
        }
        Class<?> written = body.getNestHost(); // a lambda's own class has no name that could be looked up
        if (ClassLoader.getSystemResource(written.getName().replace('.', '/') + ".class") != null) {
            return;
        }
        throw new IllegalStateException(child + " cannot be started: a child JVM would not find " + written.getName()
                + ", which is not on the class path that it is given: " + System.getProperty("java.class.path", "")
                + "; this process has it from " + loader.getClass().getName()
                + ". A program that is run as a source file (java Program.java) has to be compiled first, with javac; in"
                + " other cases name the jars and folders that children need: ChildOptions.builder().classPath(...)");
    }
}
