package dev.procession.plugin.npm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.process.ChildProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two builds unpack the same jar into one cache, and both are killed with SIGKILL at a random moment; the next build finds
 * nothing that is half. The profile {@code long} does it 60 times.
 */
@Timeout(900)
@EnabledOnOs({OS.LINUX, OS.MAC})
class UnpackKilledIT {
    private static final int KILLS = Integer.getInteger("procession.npm.kills", 3);

    /** So many more, as long as all came too late. */
    private static final int LATE = 20;

    private static final int FILES = 1500;

    @TempDir
    Path directory;

    @Test
    void make_killedAndMadeAgain_isWhole() throws Exception {
        long seed = Long.getLong("procession.npm.seed", System.nanoTime());
        System.out.println("UnpackKilledIT: procession.npm.seed=" + seed);
        Random random = new Random(seed);
        Archive archive = Archive.webJar("big", "1.0.0", "big");
        for (int i = 0; i < FILES; i++) {
            byte[] content = new byte[random.nextInt(3000)];
            random.nextBytes(content);
            archive.with("META-INF/resources/webjars/big/1.0.0/d" + i % 50 + "/f" + i + ".js", content);
        }
        // A text, since that is what a child's task can carry.
        String jar = archive.jar(directory.resolve("big-1.0.0.jar")).toString();
        Path reference =
                archive.directory(directory.resolve("reference")).resolve("META-INF/resources/webjars/big/1.0.0");
        List<String> names = Larder.tree(reference);

        int inTheMiddle = 0;
        int longest = 1200; // milliseconds until a kill
        // A machine may be so fast that all are done before the first kills: these come sooner and sooner.
        for (int i = 0; i < KILLS || (inTheMiddle == 0 && i < KILLS + LATE); i++) {
            String base = Files.createDirectory(directory.resolve("run" + i)).toString();
            List<ChildProcess> children = new ArrayList<>();
            for (String project : List.of("one", "two")) {
                ChildProcess child = ChildProcess.of(() -> make(base, project, jar));
                child.start();
                children.add(child);
            }
            Path staging = Path.of(base, "cache/npm/1/staging");
            long began = System.nanoTime();
            while (Files.notExists(staging)
                    && System.nanoTime() - began < Duration.ofSeconds(60).toNanos()) {
                Thread.sleep(1);
            }
            Thread.sleep(random.nextInt(longest));
            for (ChildProcess child : children) {
                child.kill();
                assertTrue(child.join(Duration.ofSeconds(60)));
                child.close();
            }
            if (!Files.exists(Path.of(base, "one/target/procession/npm/record"))
                    || !Files.exists(Path.of(base, "two/target/procession/npm/record"))) {
                inTheMiddle++;
            } else {
                longest = Math.max(1, longest / 2);
            }
            for (String project : List.of("one", "two")) {
                Larder survivor = make(base, project, jar);
                String where = "seed " + seed + ", kill " + i + ", project " + project;
                Path big = survivor.modules().resolve("big");
                assertEquals(names, Larder.tree(big), where);
                for (String name : names) {
                    assertEquals(-1, Files.mismatch(reference.resolve(name), big.resolve(name)), where + ": " + name);
                }
            }
        }
        System.out.println("UnpackKilledIT: " + inTheMiddle + " killed in the middle");
        assertTrue(inTheMiddle > 0, "seed " + seed + ": none was killed in the middle");
    }

    private static Larder make(String base, String project, String jar) throws Exception {
        Larder larder = new Larder(Path.of(base));
        larder.project = Path.of(base, project);
        larder.add(new PackageSource(Path.of(jar), "org.webjars.npm", "big", "1.0.0", Optional.empty()));
        larder.make();
        return larder;
    }
}
