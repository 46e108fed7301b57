package dev.procession.plugin.bundle;

import dev.procession.plugin.engine.Metafile;
import dev.procession.plugin.output.StagedFile;
import dev.procession.plugin.work.FileName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What is to be told of bundles of modules.
 *
 * @param written how many were written
 * @param current how many were up to date
 * @param files how many files are in the written ones; in all, when none was written
 * @param bytes how large those files are
 * @param outputs what they write
 */
record ModuleTally(int written, int current, int files, long bytes, List<Path> outputs) {

    /** What went into a build. */
    static BuildRecord.Taken taken(Metafile metafile) {
        long bytes = 0;
        for (Metafile.Input input : metafile.inputs().values()) {
            bytes += input.bytes();
        }
        return new BuildRecord.Taken(metafile.inputs().size(), bytes);
    }

    static ModuleTally ofDrafts(List<ModuleBundler.Draft> drafts, int current) {
        int files = 0;
        long bytes = 0;
        List<Path> outputs = new ArrayList<>();
        for (ModuleBundler.Draft draft : drafts) {
            BuildRecord.Taken taken = taken(draft.metafile());
            files += taken.files();
            bytes += taken.bytes();
            for (StagedFile file : draft.files()) {
                outputs.add(file.target());
            }
        }
        return new ModuleTally(drafts.size(), current, files, bytes, outputs);
    }

    static ModuleTally ofRecords(List<BuildRecord.Bundle> bundles, Path buildDirectory, Path outputDirectory) {
        int files = 0;
        long bytes = 0;
        List<Path> outputs = new ArrayList<>();
        for (BuildRecord.Bundle bundle : bundles) {
            files += bundle.taken().files();
            bytes += bundle.taken().bytes();
            for (FileState state : bundle.outputs()) {
                Path file = FileName.resolve(buildDirectory, state.name());
                // Reports lie elsewhere.
                if (file.startsWith(outputDirectory)) {
                    outputs.add(file);
                }
            }
        }
        return new ModuleTally(0, bundles.size(), files, bytes, outputs);
    }
}
