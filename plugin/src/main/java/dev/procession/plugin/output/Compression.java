package dev.procession.plugin.output;

import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.work.FileName;
import dev.procession.plugin.work.TaskRunner;
import dev.procession.plugin.work.WorkerCode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compresses the files of a run: Brotli in child processes, gzip here meanwhile, or in them too when the user asked for
 * workers or there is very much of it. Collects what is wanted first, so that as many children start as have work.
 */
final class Compression {
    /** Brotli's best takes two seconds for a megabyte; the largest file that a browser takes must pass. */
    private static final Duration TASK_LIMIT = Duration.ofMinutes(60);

    /** What gzip takes a second for; a child's start costs a tenth of it. */
    private static final long WORTH_A_CHILD = 24L << 20;

    /** The first JDK that warns of native code which was not allowed on the command line. */
    private static final int WARNS_OF_NATIVE_CODE = 22;

    private final CompressionMeans means;
    private final OutputPlaces places;
    private final BuildLog log;
    private final List<Order> orders = new ArrayList<>();

    Compression(CompressionMeans means, OutputPlaces places, BuildLog log) {
        this.means = means;
        this.places = places;
        this.log = log;
    }

    /** One file in one format; afterwards its size is known. */
    static final class Order {
        private final StagedFile file;
        private final long bytes;
        private final Format format;
        private final @Nullable Path result;
        private long size = -1;

        private Order(StagedFile file, long bytes, Format format, @Nullable Path result) {
            this.file = file;
            this.bytes = bytes;
            this.format = format;
            this.result = result;
        }

        long size() {
            return size;
        }

        /** The file to publish, or null when only the size was wanted, or when it became no smaller. */
        @Nullable
        StagedFile gain() {
            return result != null && size < bytes
                    ? new StagedFile(OutputSettings.beside(file.target(), format), result)
                    : null;
        }
    }

    /** Wants a file in a format; with a workbench as a file, else only its size. */
    Order order(StagedFile file, long bytes, Format format, @Nullable Workbench bench) throws IOException {
        Order order = new Order(
                file,
                bytes,
                format,
                bench == null ? null : bench.newFile(OutputSettings.beside(file.target(), format)));
        orders.add(order);
        return order;
    }

    /** Does all that was wanted. */
    void run() throws IOException, InterruptedException {
        List<Order> brotli = new ArrayList<>();
        List<Order> gzip = new ArrayList<>();
        long gzipBytes = 0;
        for (Order order : orders) {
            (order.format == Format.BROTLI ? brotli : gzip).add(order);
            gzipBytes += order.format == Format.GZIP ? order.bytes : 0;
        }
        boolean asked = means.workers().fixed().isPresent();
        boolean gzipInChildren = asked ? means.workers().fixed().getAsInt() > 0 : gzipBytes >= WORTH_A_CHILD;
        int tasks = brotli.size() + (gzipInChildren ? gzip.size() : 0);
        if (tasks == 0) {
            await(submit(gzip, means.code().recording().around(TaskRunner.here()), null));
            return;
        }
        Path library = null;
        WorkerCode code = means.code();
        if (!brotli.isEmpty()) {
            BrotliLibrary jars = means.brotli().get();
            library = NativeLibrary.unpack(jars.nativeJar(), code.cacheDirectory(), places.reportDirectory());
            List<Path> classPath = new ArrayList<>(code.classPath());
            classPath.addAll(jars.classPath());
            List<String> options = Runtime.version().feature() >= WARNS_OF_NATIVE_CODE
                    ? List.of("--enable-native-access=ALL-UNNAMED")
                    : List.of();
            code = new WorkerCode(classPath, code.cacheDirectory(), options, code.recording());
        }
        int most = asked
                ? Math.max(1, means.workers().fixed().getAsInt())
                : Runtime.getRuntime().availableProcessors();
        try (TaskRunner children = TaskRunner.workers("compress", Math.min(tasks, most), code, log);
                TaskRunner here = code.recording().around(TaskRunner.here())) {
            // The long ones first; while they run, this JVM is free for the short ones.
            List<Pending> pending = new ArrayList<>(submit(brotli, children, library));
            pending.addAll(submit(gzip, gzipInChildren ? children : here, null));
            await(pending);
        }
    }

    private record Pending(Order order, TaskRunner.Answer<Long> answer) {}

    private static List<Pending> submit(List<Order> orders, TaskRunner runner, @Nullable Path library)
            throws IOException, InterruptedException {
        List<Pending> pending = new ArrayList<>();
        List<Order> largestFirst = new ArrayList<>(orders);
        if (largestFirst.size() > 1) {
            largestFirst.sort((a, b) -> Long.compare(b.bytes, a.bytes));
        }
        for (Order order : largestFirst) {
            CompressTask task = new CompressTask(
                    order.file.content(), order.result, order.format, library, FileName.shown(order.file.target()));
            pending.add(new Pending(order, runner.submit(task)));
        }
        return pending;
    }

    private static void await(List<Pending> pending) throws IOException, InterruptedException {
        for (Pending each : pending) {
            each.order().size = each.answer().await(TASK_LIMIT);
        }
    }
}
