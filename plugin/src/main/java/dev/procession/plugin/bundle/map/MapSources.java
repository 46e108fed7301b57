package dev.procession.plugin.bundle.map;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The sources and names of a source map that is being made. A debugger knows a source by its address alone, so each is
 * there once, and what has the address of another text gets one of its own: two libraries with a {@code
 * webpack/bootstrap} each are usual.
 */
public final class MapSources {
    private final Map<String, List<Integer>> known = new HashMap<>();
    private final List<String> urls = new ArrayList<>();
    private final List<Optional<byte[]>> contents = new ArrayList<>();
    private final List<String> symbols = new ArrayList<>();

    /** Adds an input that stands for itself; returns its index. */
    public int add(String name, byte[] utf8) {
        return add(SourceMapWriter.url(name), Optional.of(utf8));
    }

    /** Adds all sources of a map; returns the index of each. */
    public List<Integer> add(InputMap map) {
        List<Integer> indexes = new ArrayList<>();
        for (int i = 0; i < map.sources().size(); i++) {
            String content = map.contents().get(i);
            indexes.add(add(
                    map.sources().get(i),
                    Optional.ofNullable(content).map(text -> text.getBytes(StandardCharsets.UTF_8))));
        }
        return indexes;
    }

    private int add(String url, Optional<byte[]> content) {
        List<Integer> same = known.computeIfAbsent(url, any -> new ArrayList<>(1));
        for (int index : same) {
            if (Arrays.equals(contents.get(index).orElse(null), content.orElse(null))) {
                return index;
            }
        }
        String own = url;
        for (int number = same.size() + 1; number > 1 && (own.equals(url) || known.containsKey(own)); number++) {
            own = numbered(url, number);
        }
        same.add(urls.size());
        if (!own.equals(url)) {
            known.put(own, new ArrayList<>(List.of(urls.size())));
        }
        urls.add(own);
        contents.add(content);
        return urls.size() - 1;
    }

    /** With the number before the ending, by which editors know the language: {@code lib/x(2).js}. */
    private static String numbered(String url, int number) {
        int dot = url.lastIndexOf('.');
        int at = dot > url.lastIndexOf('/') + 1 ? dot : url.length();
        return url.substring(0, at) + "(" + number + ")" + url.substring(at);
    }

    /** Adds names; returns the index of the first. */
    public int addSymbols(List<String> added) {
        int first = symbols.size();
        symbols.addAll(added);
        return first;
    }

    public int addSymbol(String added) {
        symbols.add(added);
        return symbols.size() - 1;
    }

    public int size() {
        return urls.size();
    }

    public String url(int index) {
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
    public void digest(MessageDigest digest) {
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

    public List<String> symbols() {
        return symbols;
    }

    /** The same sources, and no symbol yet: for another map of the same inputs, to which none is added. */
    public MapSources withoutSymbols() {
        MapSources other = new MapSources();
        other.urls.addAll(urls);
        other.contents.addAll(contents);
        return other;
    }
}
