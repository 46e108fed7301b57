package dev.procession.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.plugin.engine.ArtifactSource;
import dev.procession.plugin.output.BrotliLibrary;
import dev.procession.plugin.output.OutputFailedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrotliArtifactsTest {
    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, linux-x86_64",
        "Linux, aarch64, linux-aarch64",
        "Linux, arm, linux-armv7",
        "Linux, riscv64, linux-riscv64",
        "Mac OS X, aarch64, osx-aarch64",
        "Mac OS X, x86_64, osx-x86_64",
        "Windows 11, amd64, windows-x86_64",
        "Windows 11, aarch64, windows-aarch64"
    })
    void platform_ofThisMachine_isNamedAsItsArtifact(String system, String architecture, String expected) {
        assertEquals(expected, BrotliArtifacts.platform(system, architecture));
    }

    @Test
    void get_repositoryHasThem_fetchesThreeAndNothingElse() throws IOException {
        List<String> asked = new ArrayList<>();
        BrotliLibrary library = new BrotliArtifacts(coordinate -> {
                    asked.add(coordinate.toString());
                    return Path.of(coordinate.artifact());
                })
                .get();
        assertEquals(3, asked.size());
        assertTrue(asked.get(0).startsWith("com.aayushatharva.brotli4j:brotli4j:jar:"), asked.toString());
        assertEquals(List.of(Path.of("brotli4j"), Path.of("service")), library.classPath());
        assertTrue(library.nativeJar().toString().startsWith("native-"));
    }

    @Test
    void get_repositoryHasNone_saysWhatToDo() {
        BrotliArtifacts nowhere = new BrotliArtifacts(coordinate -> {
            throw new ArtifactSource.ArtifactMissingException("not found in central", new IOException());
        });
        String text = assertThrows(OutputFailedException.class, nowhere::get).getMessage();
        assertTrue(
                text.startsWith("<compress>brotli</compress> needs com.aayushatharva.brotli4j:brotli4j:")
                        && text.contains("which cannot be had: not found in central; make it available"),
                text);
    }
}
