package dev.procession.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Puts one class of these tests into a jar, for a JVM that has to load it from outside. */
final class TestJar {
    private TestJar() {}

    /** A jar that {@code -javaagent} takes. */
    static Path agent(Path jar, Class<?> agent) throws IOException {
        Manifest manifest = manifest();
        manifest.getMainAttributes().putValue("Premain-Class", agent.getName());
        try (JarOutputStream out = open(jar, manifest)) {
            addClass(out, agent);
        }
        return jar;
    }

    /** A jar that {@code maven.ext.class.path} takes. */
    static Path mavenExtension(Path jar, Class<?> role, Class<?> component) throws IOException {
        try (JarOutputStream out = open(jar, manifest())) {
            addClass(out, component);
            // The older of the two ways to declare a component: for the newer one Maven reads the class file, and an
            // old Maven cannot read those of a newer JDK.
            out.putNextEntry(new JarEntry("META-INF/plexus/components.xml"));
            String declaration = """
                    <component-set>
                      <components>
                        <component>
                          <role>%s</role>
                          <role-hint>%s</role-hint>
                          <implementation>%s</implementation>
                        </component>
                      </components>
                    </component-set>
                    """.formatted(role.getName(), component.getSimpleName(), component.getName());
            out.write(declaration.getBytes(StandardCharsets.UTF_8));
            out.closeEntry();
        }
        return jar;
    }

    private static Manifest manifest() {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        return manifest;
    }

    private static JarOutputStream open(Path jar, Manifest manifest) throws IOException {
        OutputStream file = Files.newOutputStream(jar);
        return new JarOutputStream(file, manifest);
    }

    private static void addClass(JarOutputStream out, Class<?> type) throws IOException {
        String name = type.getName().replace('.', '/') + ".class";
        try (InputStream code = type.getClassLoader().getResourceAsStream(name)) {
            if (code == null) {
                throw new IllegalStateException(name);
            }
            out.putNextEntry(new JarEntry(name));
            code.transferTo(out);
            out.closeEntry();
        }
    }
}
