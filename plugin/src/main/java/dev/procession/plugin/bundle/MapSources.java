package dev.procession.plugin.bundle;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The sources and names of a source map that is being made. */
final class MapSources {
    private final List<String> urls = new ArrayList<>();
    private final List<Optional<byte[]>> contents = new ArrayList<>();
    private final List<String> symbols = new ArrayList<>();

    /** Adds an input that stands for itself; returns its index. */
    int add(String name, byte[] utf8) {
        urls.add(SourceMapWriter.url(name));
        contents.add(Optional.of(utf8));
        return urls.size() - 1;
    }

    /** Adds all sources of a map; returns the index of the first. */
    int add(InputMap map) {
        int first = urls.size();
        for (int i = 0; i < map.sources().size(); i++) {
            urls.add(map.sources().get(i));
            String content = map.contents().get(i);
            contents.add(Optional.ofNullable(content).map(text -> text.getBytes(StandardCharsets.UTF_8)));
        }
        return first;
    }

    /** Adds names; returns the index of the first. */
    int addSymbols(List<String> added) {
        int first = symbols.size();
        symbols.addAll(added);
        return first;
    }

    int addSymbol(String added) {
        symbols.add(added);
        return symbols.size() - 1;
    }

    int size() {
        return urls.size();
    }

    String url(int index) {
        return urls.get(index);
    }

    /** The text, or null where nobody has it. */
    @Nullable
    String content(int index) {
        return contents.get(index)
                .map(utf8 -> new String(utf8, StandardCharsets.UTF_8))
                .orElse(null);
    }

    /** Adds all that decides what the map says. */
    void digest(MessageDigest digest) {
        for (String url : urls) {
            digest.update(url.getBytes(StandardCharsets.UTF_8));
        }
        for (Optional<byte[]> content : contents) {
            byte[] utf8 = content.orElse(null);
            if (utf8 != null) {
                digest.update(utf8);
            }
        }
    }

    List<String> symbols() {
        return symbols;
    }

    /** The same sources, and no symbol yet: for another map of the same inputs. */
    MapSources withoutSymbols() {
        MapSources other = new MapSources();
        other.urls.addAll(urls);
        other.contents.addAll(contents);
        return other;
    }
}
