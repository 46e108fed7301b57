package dev.procession.plugin.npm;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ranges in the pom that a jar of a packer carries. Both packers write dependencies in one shape, so this looks for that
 * shape: a text from a jar is not given to an XML parser for the sake of a warning.
 */
final class EmbeddedPom {
    /** A pom with more than this was not written by a packer. */
    private static final int LONGEST = 1 << 20;

    // Compiled when a jar is unpacked: every build asks isRange.
    private static final String PROPERTY = "<([\\w.@-]+\\.version)>\\s*([^<\\s]+)\\s*</\\1>";
    private static final String DEPENDENCY = "<dependency>\\s*<groupId>([^<]+)</groupId>\\s*"
            + "<artifactId>([^<]+)</artifactId>\\s*<version>([^<]+)</version>";

    private EmbeddedPom() {}

    /** Whether Maven may take one of several versions. {@code [1.0]} is a single one. */
    static boolean isRange(String version) {
        return (version.startsWith("[") || version.startsWith("(")) && version.indexOf(',') >= 0;
    }

    /** The ranges of dependencies by {@code groupId:artifactId}. */
    static Map<String, String> ranges(InputStream pom) throws IOException {
        String text = new String(pom.readNBytes(LONGEST), StandardCharsets.UTF_8);
        Map<String, String> properties = new HashMap<>();
        for (Matcher property = Pattern.compile(PROPERTY).matcher(text); property.find(); ) {
            properties.put("${" + property.group(1) + "}", property.group(2));
        }
        Map<String, String> ranges = new LinkedHashMap<>();
        for (Matcher dependency = Pattern.compile(DEPENDENCY).matcher(text); dependency.find(); ) {
            String version = dependency.group(3).strip();
            String resolved = Optional.ofNullable(properties.get(version)).orElse(version);
            if (isRange(resolved)) {
                ranges.put(
                        dependency.group(1).strip() + ":" + dependency.group(2).strip(), resolved);
            }
        }
        return ranges;
    }
}
