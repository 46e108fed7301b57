package dev.procession.plugin.npm;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A jar or a tar that a test fills, in the layouts that real artifacts have. */
final class Archive {
    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private final Map<String, Character> types = new LinkedHashMap<>();

    Archive with(String name, String content) {
        return with(name, content.getBytes(StandardCharsets.UTF_8));
    }

    Archive with(String name, byte[] content) {
        entries.put(name, content);
        return this;
    }

    /** A tar entry of another kind than a file. */
    Archive with(String name, char type, String content) {
        types.put(name, type);
        return with(name, content);
    }

    /** As the packer of WebJars lays out a package of npm. */
    static Archive webJar(String folder, String version, String name) {
        String root = "META-INF/resources/webjars/" + folder + "/" + version + "/";
        return new Archive()
                .with("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n")
                .with(root + "package.json", json(name, version, ""))
                .with(root + "index.js", "export default '" + name + " " + version + "';\n");
    }

    /** As mvnpm does. */
    static Archive mvnpm(String folder, String version, String name) {
        String root = "META-INF/resources/_static/" + folder + "/" + version + "/";
        return new Archive()
                .with("META-INF/importmap.json", "{\"imports\":{\"" + name + "\":\"/_static/x/index.js\"}}")
                .with(root + "package.json", json(name, version, ""))
                .with(root + "index.js", "export default '" + name + " " + version + "';\n");
    }

    static String json(String name, String version, String more) {
        return "{\"name\":\"" + name + "\",\"version\":\"" + version + "\",\"license\":\"MIT\"" + more + "}";
    }

    Path jar(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.deleteIfExists(file);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return file;
    }

    /** The same as a directory of classes. */
    Path directory(Path root) throws IOException {
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            Path file = root.resolve(entry.getKey());
            Files.createDirectories(file.getParent());
            Files.write(file, entry.getValue());
        }
        return root;
    }

    byte[] tgz() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                byte[] content = entry.getValue();
                out.write(header(entry.getKey(), types.getOrDefault(entry.getKey(), '0'), content.length));
                out.write(content);
                out.write(new byte[(512 - content.length % 512) % 512]);
            }
            out.write(new byte[1024]);
        }
        return bytes.toByteArray();
    }

    private static byte[] header(String name, char type, int size) {
        byte[] header = new byte[512];
        put(header, 0, name);
        put(header, 100, "0000644\0");
        put(header, 124, String.format(Locale.ROOT, "%011o\0", size));
        put(header, 136, "00000000000\0");
        Arrays.fill(header, 148, 156, (byte) ' ');
        header[156] = (byte) type;
        put(header, 257, "ustar\00000");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xFF;
        }
        put(header, 148, String.format(Locale.ROOT, "%06o\0 ", sum));
        return header;
    }

    private static void put(byte[] header, int offset, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, offset, bytes.length);
    }
}
