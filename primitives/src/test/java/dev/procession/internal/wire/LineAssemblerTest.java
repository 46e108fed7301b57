package dev.procession.internal.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineAssemblerTest {
    private final List<String> lines = new ArrayList<>();
    private final LineAssembler assembler = new LineAssembler(StandardCharsets.UTF_8, lines::add);

    @Test
    void add_piecesOfLines_givesWholeLines() {
        add("one\ntw");
        add("o\r");
        add("\n\nthree");

        assertEquals(List.of("one", "two", ""), lines);
    }

    @Test
    void finish_lineWithoutEnd_isHandedOver() {
        add("tail");
        assembler.finish();
        assembler.finish();

        assertEquals(List.of("tail"), lines);
    }

    @Test
    void add_characterSplitBetweenPieces_isWhole() {
        byte[] bytes = "ї\n".getBytes(StandardCharsets.UTF_8);
        for (byte b : bytes) {
            assembler.add(new byte[] {b}, 0, 1);
        }

        assertEquals(List.of("ї"), lines);
    }

    @Test
    void add_lineWithoutEndForEver_comesInParts() {
        byte[] endless = "x".repeat(LineAssembler.LONGEST / 2).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 5; i++) {
            assembler.add(endless, 0, endless.length);
        }
        assembler.finish();

        assertEquals(3, lines.size());
        assertEquals(5 * endless.length, lines.stream().mapToInt(String::length).sum());
    }

    private void add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assembler.add(bytes, 0, bytes.length);
    }
}
