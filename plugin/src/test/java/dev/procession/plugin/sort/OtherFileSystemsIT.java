package dev.procession.plugin.sort;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.procession.plugin.sort.failure.SortFailedException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources and outputs on file systems that are mounted for it: full ones, read-only ones, and such that make clones. */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
class OtherFileSystemsIT {
    @TempDir
    Path directory;

    private Heap heap;

    @BeforeEach
    void open() throws Exception {
        heap = new Heap(directory);
        for (int i = 0; i < 60; i++) {
            heap.file(i % 3 + "/f" + i + ".txt", "content of " + i);
        }
    }

    @Test
    void copy_noRoomForMoreFiles_theRestIsListedAndPlacedWhenThereIs() throws Exception {
        Path output = heap.base.resolve("small");
        Map<String, String> before = Heap.stamps(heap.source);
        try (Mount small = Mount.memory(output, "8m", 40)) {
            heap.outputText = "small";
            String message = heap.fail();
            assertTrue(message.contains("/in/"), message);
            assertTrue(message.contains("No space left on device"), message);
            Map<String, String> there = Heap.tree(output);
            assertTrue(!there.isEmpty() && there.size() < 60, there.size() + " were placed");
            assertWhole(there);
            // Some room is made: what was placed is known.
            assertTrue(remount(small, 400));
            SortResult result = heap.sort();
            assertEquals(60, result.files());
            assertEquals(there.size(), result.unchanged());
            assertWhole(Heap.tree(output));
            heap.history(null).verify();
        }
        assertEquals(before, Heap.stamps(heap.source));
    }

    @ParameterizedTest
    @ValueSource(strings = {"copy", "move"})
    void sort_diskFullInTheMiddle_nothingIsLostOrHalfAndTheNextRunGoesOn(String mode) throws Exception {
        Path output = heap.base.resolve("small");
        List<String> contents = Heap.contents(Heap.tree(heap.source));
        try (Mount small = Mount.memory(output, "160k", 4000)) {
            heap.outputText = "small";
            heap.mode = mode;
            // A page for each of them: that is more than their sizes promise, so nobody refuses before.
            String message = heap.fail();
            assertTrue(message.contains("No space left on device"), message);
            assertTrue(message.contains("run again: what is sorted already is not copied again"), message);
            assertWhole(Heap.tree(output));
            assertTrue(grow(small));
            assertEquals(List.of(), heap.sort().failures());
            assertEquals(contents, Heap.contents(Heap.tree(output)));
            assertEquals(mode.equals("move") ? 0 : 60, Heap.tree(heap.source).size());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void forget_diskFull_makesRoomAndWhatWasPlacedStaysKnown(boolean died) throws Exception {
        try (Mount small = Mount.memory(heap.output, "1m", 4000)) {
            heap.sort();
            heap.file("0/f0.txt", new byte[200_000]);
            heap.sort();
            heap.file("0/f0.txt", "small again");
            heap.sort();
            Path journal = small.at().resolve(".procession/run-3/journal");
            if (died) {
                // The end of the journal did not fit any more, and so it is with what the next run finds out.
                byte[] whole = Files.readAllBytes(journal);
                Files.write(journal, Arrays.copyOf(whole, whole.length - 13));
            }
            fill(small.at());
            assertEquals(0, small.free());
            assertEquals(
                    "forgot run-3: 1 file that had been displaced let go: out",
                    heap.history(null).forget().summary());
            assertTrue(small.free() >= 200_000, small.free() + " bytes are free");
            fill(small.at());
            // Nothing is left to be let go, and nothing can be written: but the answer is an answer.
            heap.history("all").forget();
            Files.delete(small.at().resolve("filler"));
            SortResult result = heap.sort();
            assertEquals(60, result.unchanged(), result.summary());
            assertEquals(0, result.copied(), result.summary());
            heap.history(null).verify();
            assertEquals("small again", Files.readString(small.at().resolve("txt/f0.txt")));
            assertEquals(
                    List.of("index", "lock", "workers"),
                    heap.own().stream().filter(name -> !name.equals("gaps")).toList());
        }
    }

    /** Leaves not a byte. */
    private static void fill(Path disk) throws IOException {
        try (OutputStream out =
                Files.newOutputStream(disk.resolve("filler"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            byte[] page = new byte[4096];
            while (true) {
                out.write(page);
            }
        } catch (IOException e) {
            assertTrue(e.getMessage().contains("No space left on device"), e.getMessage());
        }
    }

    @Test
    void move_acrossFileSystems_isVerifiedAndUndone() throws Exception {
        Map<String, String> before = Heap.stamps(heap.source);
        try (Mount other = Mount.memory(heap.base.resolve("other"), "8m", 4000)) {
            heap.outputText = "other";
            heap.mode = "move";
            assertEquals(60, heap.sort().placed().moved());
            assertEquals(Map.of(), Heap.tree(heap.source));
            assertEquals(60, Heap.tree(other.at()).size());
            heap.history(null).verify();
            heap.history(null).undo();
            assertEquals(before, Heap.stamps(heap.source));
            assertEquals(Map.of(), Heap.tree(other.at()));
        }
    }

    @Test
    void undo_acrossFileSystems_givesAttributesBack() throws Exception {
        Path file = heap.source.resolve("0/f0.txt");
        UserDefinedFileAttributeView attributes = Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
        try (Mount other = Mount.memory(heap.base.resolve("other"), "8m", 4000)) {
            attributes.write("note", ByteBuffer.wrap(new byte[] {1, 2}));
            Files.getFileAttributeView(
                            Files.createFile(other.at().resolve("probe")), UserDefinedFileAttributeView.class)
                    .write("note", ByteBuffer.wrap(new byte[1]));
            heap.outputText = "other";
            heap.mode = "move";
            heap.keep = List.of("owner", "xattrs");
            heap.sort();
            heap.history(null).undo();
        } catch (FileSystemException e) {
            assumeTrue(false, "no extended attributes here: " + e);
        }
        assertEquals(List.of("note"), attributes.list());
        assertEquals(2, attributes.size("note"));
    }

    @Test
    void move_readOnlySource_eachIsListedAndNothingIsLost() throws Exception {
        Path source = heap.base.resolve("fixed");
        try (Mount fixed = Mount.memory(source, "8m", 4000)) {
            Files.writeString(Files.createDirectories(source.resolve("a")).resolve("x.txt"), "one");
            Files.writeString(source.resolve("y.txt"), "two");
            Map<String, String> before = Heap.stamps(source);
            fixed.readOnly();
            heap.sourceText = "fixed";
            heap.mode = "move";
            String message = heap.fail();
            assertTrue(message.contains("/fixed/a/x.txt"), message);
            assertTrue(message.contains("/fixed/y.txt"), message);
            assertTrue(message.contains("Read-only file system") || message.contains("read-only"), message);
            assertEquals(before, Heap.stamps(source));
            assertEquals(Map.of(), heap.sorted());
        }
    }

    @Test
    void copy_readOnlyOutput_isRefusedAndNamed() throws Exception {
        try (Mount fixed = Mount.memory(heap.base.resolve("fixed"), "8m", 4000)) {
            fixed.readOnly();
            heap.outputText = "fixed";
            assertEquals(
                    "<output>fixed</output>: " + fixed.at()
                            + " is not writable; change its permissions, or name another place",
                    heap.fail());
            heap.outputText = "fixed/new";
            assertTrue(heap.fail().startsWith("<output>fixed/new</output>: "), heap.fail());
        }
    }

    @Test
    void copy_devicesAndSockets_arePassedByAndNeverOpened() throws Exception {
        Path device = heap.source.resolve("tape.txt");
        assumeTrue(
                new ProcessBuilder("mknod", device.toString(), "c", "1", "7")
                                .start()
                                .waitFor()
                        == 0,
                "no device can be made here");
        // The directory of a test is too deep for a socket's name.
        Path near = Files.createTempDirectory("s");
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(near.resolve("s.txt")));
            Files.move(near.resolve("s.txt"), heap.source.resolve("s.txt"));
            assertEquals(60, heap.sort().files());
        } finally {
            Files.delete(near);
        }
        assertEquals(
                List.of("2 special files (pipes, sockets, devices) in <source> not sorted; -X names them"),
                heap.warnings);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xfs", "btrfs"})
    void reflink_onAnImage_clonesAllAndIsUndone(String type) throws Exception {
        try (Mount image = Mount.image(type, heap.base.resolve(type))) {
            Heap there = new Heap(image.at());
            there.mode = "reflink";
            for (int i = 0; i < 300; i++) {
                there.file(i % 7 + "/f" + i + ".bin", new byte[10_000 + i]);
            }
            Map<String, String> before = Heap.stamps(there.source);
            SortResult result = there.sort();
            assertEquals(300, result.placed().cloned(), result.summary());
            assertTrue(result.summary().contains("300 cloned"), result.summary());
            assertEquals(Heap.contents(Heap.tree(there.source)), Heap.contents(there.sorted()));
            assertEquals(300, there.sort().unchanged());
            // A clone is a file of its own.
            Files.writeString(there.output.resolve("bin/f7.bin"), "written");
            assertEquals(before, Heap.stamps(there.source));
            String told = assertThrows(
                            SortFailedException.class, () -> there.history(null).verify())
                    .getMessage();
            assertTrue(told.contains("verified 300 files") && told.contains("bin/f7.bin"), told);
        }
    }

    private static void assertWhole(Map<String, String> files) {
        files.forEach((name, content) -> assertTrue(content.startsWith("content of "), () -> name + " is " + content));
    }

    private static boolean remount(Mount mount, int inodes) throws Exception {
        return remount(mount, "nr_inodes=" + inodes);
    }

    private static boolean grow(Mount mount) throws Exception {
        return remount(mount, "size=8m");
    }

    private static boolean remount(Mount mount, String option) throws IOException, InterruptedException {
        return new ProcessBuilder("mount", "-o", "remount," + option, mount.at().toString())
                        .inheritIO()
                        .start()
                        .waitFor()
                == 0;
    }
}
