package dev.procession.stress;

import java.lang.reflect.Constructor;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The two participants of this JVM. A JVM takes part in a session once for each copy of the library in it: so the second
 * participant is a second copy, in a class loader of its own. It has its own slot, its own liveness file, its own doorbell
 * and its own mapping, as another process has, and finds nothing of the first one's in the heap of the JVM.
 */
final class Sides {
    static final Side FIRST = new LibrarySide();
    static final Side SECOND = second(FIRST.path());

    private Sides() {}

    private static Side second(Path session) {
        try {
            Constructor<? extends Side> second = Class.forName(LibrarySide.class.getName(), true, new CopyLoader())
                    .asSubclass(Side.class)
                    .getDeclaredConstructor(Path.class);
            second.setAccessible(true); // it has the same name, and is of another package all the same
            return second.newInstance(session);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Loads everything of Procession again, but for the types that both sides must have together. */
    private static final class CopyLoader extends URLClassLoader {
        CopyLoader() {
            super("copy", classPath(), Sides.class.getClassLoader());
        }

        private static URL[] classPath() {
            List<URL> urls = new ArrayList<>();
            for (String entry : System.getProperty("java.class.path").split(java.io.File.pathSeparator, -1)) {
                try {
                    urls.add(Path.of(entry).toUri().toURL());
                } catch (MalformedURLException e) {
                    throw new ExceptionInInitializerError(e);
                }
            }
            return urls.toArray(URL[]::new);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("dev.procession.") || name.startsWith(Side.class.getName())) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }
}
