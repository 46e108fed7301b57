package dev.procession.maven;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.maven.execution.MavenSession;

/**
 * Who writes what in this build, for all modules. Kept in the build's request, since modules may load the plugin more
 * than once: each copy has statics of its own. So there are only classes of the JDK in it.
 */
final class SharedClaims {
    private static final String CLAIMS = "dev.procession.bundle-js.claims";
    private static final String PROCESSORS = "dev.procession.bundle-js.processors";

    private SharedClaims() {}

    static Map<String, String> of(MavenSession session) {
        return of(session, CLAIMS);
    }

    /** Where the parts of the build find the processors that they share out. */
    static Map<String, String> processors(MavenSession session) {
        return of(session, PROCESSORS);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> of(MavenSession session, String name) {
        Map<String, Object> data = session.getRequest().getData();
        // Modules are built side by side under -T, and the map is a plain one.
        synchronized (data) {
            Map<String, String> shared = (Map<String, String>) data.get(name);
            if (shared == null) {
                shared = new ConcurrentHashMap<>();
                data.put(name, shared);
            }
            return shared;
        }
    }
}
