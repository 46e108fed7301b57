package dev.procession.plugin.sort.archive;

import dev.procession.plugin.sort.name.Names;
import dev.procession.plugin.sort.name.RawName;
import dev.procession.pool.PoolTask;
import java.io.IOException;
import java.io.Serializable;

/** Unpacks one archive into an empty folder, in a child process: what reads it may not survive it. */
final class UnpackTask implements PoolTask<UnpackTask.Report> {
    private static final long serialVersionUID = 1L;

    private final String archive;
    private final String folder;
    private final String list;
    private final Names names;
    private final ArchiveLimits limits;

    /**
     * @param archive its raw path, absolute
     * @param folder the raw path of the folder, absolute, to be made
     * @param list the raw path of the file that gets a line for each entry
     * @param names what becomes of the names in it
     * @param limits what it may want
     */
    UnpackTask(String archive, String folder, String list, Names names, ArchiveLimits limits) {
        this.archive = archive;
        this.folder = folder;
        this.list = list;
        this.names = names;
        this.limits = limits;
    }

    /**
     * What was unpacked.
     *
     * @param files how many files
     * @param bytes how large they are
     * @param leftOut how many links, devices and pipes
     * @param remarks what the user should know of archives inside, in lines
     * @param refused why nothing was unpacked, to follow the archive's name; empty when it was
     */
    record Report(long files, long bytes, long leftOut, String remarks, String refused) implements Serializable {
        static Report refused(String why) {
            return new Report(0, 0, 0, "", why);
        }
    }

    @Override
    public Report call() throws IOException {
        return Unpacker.unpack(
                RawName.absolute(archive), RawName.absolute(folder), RawName.absolute(list), names, limits);
    }

    @Override
    public String toString() {
        return "unpack " + RawName.shown(archive);
    }
}
