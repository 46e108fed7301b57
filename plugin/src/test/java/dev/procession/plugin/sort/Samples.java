package dev.procession.plugin.sort;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Small files that are what they say by their content. */
public final class Samples {
    /** One white pixel. */
    public static final byte[] PNG =
            hex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154"
                    + "78da63fcffff3f0300050001ff5a7e38c10000000049454e44ae426082");

    public static final byte[] PDF =
            "%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\n".getBytes(StandardCharsets.US_ASCII);

    private Samples() {}

    static byte[] hex(String digits) {
        byte[] bytes = new byte[digits.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(digits.substring(2 * i, 2 * i + 2), 16);
        }
        return bytes;
    }

    /** A photo without a picture, which says when it was taken; such as {@code 2019:07:01 23:59:59}. */
    public static byte[] photo(String taken) {
        byte[] text = (taken + "\0").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer tiff = ByteBuffer.allocate(8 + 18 + 18 + text.length).order(ByteOrder.BIG_ENDIAN);
        tiff.put("MM".getBytes(StandardCharsets.US_ASCII)).putShort((short) 42).putInt(8);
        // The first directory: a pointer to that of EXIF.
        tiff.putShort((short) 1)
                .putShort((short) 0x8769)
                .putShort((short) 4)
                .putInt(1)
                .putInt(26)
                .putInt(0);
        tiff.putShort((short) 1)
                .putShort((short) 0x9003)
                .putShort((short) 2)
                .putInt(text.length)
                .putInt(44)
                .putInt(0);
        tiff.put(text);
        ByteBuffer jpeg = ByteBuffer.allocate(2 + 2 + 2 + 6 + tiff.capacity() + 2);
        jpeg.putShort((short) 0xFFD8).putShort((short) 0xFFE1).putShort((short) (2 + 6 + tiff.capacity()));
        jpeg.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII))
                .put(tiff.array())
                .putShort((short) 0xFFD9);
        return jpeg.array();
    }

    /** A zip file of names and contents, in this order. */
    public static byte[] zip(String... namesAndContents) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                zip.putNextEntry(new ZipEntry(namesAndContents[i]));
                zip.write(namesAndContents[i + 1].getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }
}
