package dev.procession.plugin.bundle;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sources and names of a source map that is being made. */
final class MapSources {
    private final List<String> urls = new ArrayList<>();
    private final List<byte @Nullable []> contents = new ArrayList<>();
    private final List<String> symbols = new ArrayList<>();

    /** Adds an input that stands for itself; returns its index. */
    int add(String name, byte[] utf8) {
        urls.add(SourceMapWriter.url(name));
        contents.add(utf8);
        return urls.size() - 1;
    }

    /** Adds all sources of a map; returns the index of the first. */
    int add(InputMap map) {
        int first = urls.size();
        for (int i = 0; i < map.sources().size(); i++) {
            urls.add(map.sources().get(i));
            String content = map.contents().get(i);
            contents.add(content == null ? null : content.getBytes(StandardCharsets.UTF_8));
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
        byte[] utf8 = contents.get(index);
        return utf8 == null ? null : new String(utf8, StandardCharsets.UTF_8);
    }

    /** Adds all that decides what the map says. */
    void digest(MessageDigest digest) {
        for (String url : urls) {
            digest.update(url.getBytes(StandardCharsets.UTF_8));
        }
        for (byte[] utf8 : contents) {
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
