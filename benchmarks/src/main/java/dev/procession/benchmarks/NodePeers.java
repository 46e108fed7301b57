package dev.procession.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Bundlers that run on Node, fetched by npm into a directory of their own, in the versions that stand here. */
final class NodePeers {
    private static final String PACKAGES = """
            {
              "private": true,
              "type": "module",
              "scripts": { "bundle": "esbuild src/index.js --bundle --minify --sourcemap --format=esm --log-level=warning --outdir=$OUT" },
              "dependencies": {
                "esbuild": "0.28.2",
                "rolldown": "1.3.2",
                "vite": "8.3.8",
                "rollup": "4.68.8",
                "@rollup/plugin-terser": "1.0.2",
                "@rollup/plugin-node-resolve": "16.0.3"
              }
            }
            """;

    private static final String VITE = """
            export default {
              build: { rollupOptions: { input: 'src/index.js' }, sourcemap: true, outDir: process.env.OUT, emptyOutDir: false },
              logLevel: 'error',
            };
            """;

    private final Path directory;
    private final Commands commands;

    private NodePeers(Path directory, Commands commands) {
        this.directory = directory;
        this.commands = commands;
    }

    /**
     * Fetches them.
     *
     * @param directory whose {@code src/index.js} they bundle
     * @return whether they are there; if not, the report says why
     */
    static boolean fetch(Path directory, Commands commands, Report report) throws IOException, InterruptedException {
        if (!Commands.has("npm")) {
            report.note("npm is not on the path: rolldown, vite, rollup and frontend-maven-plugin are left out.");
            return false;
        }
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("package.json"), PACKAGES);
        Files.writeString(directory.resolve("vite.config.js"), VITE);
        try {
            // What bundlers run after their installation is not needed: their programs are packages too.
            commands.run(directory, List.of("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts"));
            return true;
        } catch (IOException e) {
            report.note(
                    "npm could not fetch rolldown, vite and rollup, so they and frontend-maven-plugin are left out: "
                            + String.valueOf(e.getMessage())
                                    .lines()
                                    .skip(1)
                                    .findFirst()
                                    .orElse("it failed"));
            return false;
        }
    }

    /** By name, in directories that {@code outputs} gives. */
    static Map<String, SpentTable.Run> contenders(Path directory, Commands commands, OutputSizes outputs) {
        NodePeers peers = new NodePeers(directory, commands);
        Map<String, SpentTable.Run> contenders = new LinkedHashMap<>();
        contenders.put(
                "rolldown 1.3.2",
                () -> peers.run(
                        outputs.next("rolldown 1.3.2"), "rolldown src/index.js -m -s -d \"$OUT\" --log-level silent"));
        contenders.put("vite 8.3.8", () -> peers.run(outputs.next("vite 8.3.8"), "vite build"));
        contenders.put(
                "rollup 4.68.8 with terser",
                () -> peers.run(
                        outputs.next("rollup 4.68.8 with terser"),
                        "rollup src/index.js -p node-resolve -p terser -m -f es -d \"$OUT\" --silent"));
        return contenders;
    }

    private Spent run(Path output, String command) throws IOException, InterruptedException {
        return commands.run(
                directory, List.of("env", "OUT=" + output, "sh", "-c", "exec node_modules/.bin/" + command));
    }
}
