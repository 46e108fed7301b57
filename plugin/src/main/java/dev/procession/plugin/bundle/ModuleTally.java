package dev.procession.plugin.bundle;

import dev.procession.plugin.engine.Metafile;
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

    static ModuleTally ofDrafts(List<ModuleBundler.Draft> drafts, int current) {
        int files = 0;
        long bytes = 0;
        List<Path> outputs = new ArrayList<>();
        for (ModuleBundler.Draft draft : drafts) {
            for (Metafile.Input input : draft.metafile().inputs().values()) {
                files++;
                bytes += input.bytes();
            }
            draft.files().forEach(file -> outputs.add(file.target()));
        }
        return new ModuleTally(drafts.size(), current, files, bytes, outputs);
    }

    static ModuleTally ofRecords(List<BuildRecord.Bundle> bundles, Path buildDirectory) {
        int files = 0;
        long bytes = 0;
        List<Path> outputs = new ArrayList<>();
        for (BuildRecord.Bundle bundle : bundles) {
            for (FileState input : bundle.inputs()) {
                files++;
                bytes += Math.max(0, input.stat().size());
            }
            bundle.outputs().forEach(file -> outputs.add(FileName.resolve(buildDirectory, file.name())));
        }
        return new ModuleTally(0, bundles.size(), files, bytes, outputs);
    }
}
