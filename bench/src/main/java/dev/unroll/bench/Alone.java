package dev.unroll.bench;

import com.sun.management.ThreadMXBean;
import dev.unroll.memory.Pool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import tools.jackson.databind.json.JsonMapper;

/** Runs one side of a work in a process of its own and says what memory it needed. */
public final class Alone {
    private Alone() {}

    /** Which side. */
    enum Side {
        OURS,
        THEIRS
    }

    /** Seconds until the compiler and the pools of memory have settled. */
    private static final double WARM_UP = 6;

    private static final double MEASURED = 4;

    /**
     * Measures in a new process.
     *
     * @throws IOException if the process cannot be started or does not answer
     */
    static Footprint measure(Work work, Side side) throws IOException {
        // The other engine does not live on the Java heap, so its heap is resident from the start.
        List<String> options =
                switch (side) {
                    case OURS -> List.of("-XX:+UseParallelGC", "-XX:MaxRAMPercentage=60");
                    case THEIRS ->
                            List.of(
                                    "-XX:+UseSerialGC",
                                    "-Xms1g",
                                    "-Xmx1g",
                                    "-XX:+AlwaysPreTouch",
                                    "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0");
                };
        byte[] answer = Child.run(options, Alone.class, side.name(), work.name());
        return JsonMapper.shared().readValue(answer, Footprint.class);
    }

    /** The new process: a side and a work. */
    public static void main(String[] args) {
        Side side = Side.valueOf(args[0].toUpperCase(Locale.ROOT));
        Work work =
                Family.all(new Setting(null)).stream()
                        .filter(w -> w.name().equals(args[1]))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("no work " + args[1]));
        Footprint footprint = footprint(work, side);
        System.out.println(JsonMapper.shared().writeValueAsString(footprint));
        System.exit(0);
    }

    private static Footprint footprint(Work work, Side side) {
        if (side == Side.THEIRS) {
            try (Tensor one = torch.ones(1)) {
                one.item_float();
            }
        }
        long before = status("VmRSS");
        try (Contestant contestant =
                switch (side) {
                    case OURS -> work.ours().get();
                    case THEIRS -> work.theirs().get();
                }) {
            runFor(contestant, side == Side.OURS ? WARM_UP : 1);
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long bytes = threads.getTotalThreadAllocatedBytes();
            long collecting = collecting();
            long start = System.nanoTime();
            int runs = runFor(contestant, MEASURED);
            double seconds = (System.nanoTime() - start) * 1e-9;
            return new Footprint(
                    before,
                    status("VmHWM"),
                    side == Side.OURS ? Pool.SHARED.peakBytes() : 0,
                    (threads.getTotalThreadAllocatedBytes() - bytes) / (double) runs,
                    (collecting() - collecting) * 1e-3 / seconds);
        }
    }

    private static int runFor(Contestant contestant, double seconds) {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        int runs = 0;
        do {
            contestant.run();
            runs++;
        } while (System.nanoTime() < end);
        return runs;
    }

    private static long collecting() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
    }

    /** Linux's own account of this process, in bytes. */
    private static long status(String name) {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                            .filter(line -> line.startsWith(name + ":"))
                            .map(line -> line.replaceAll("[^0-9]", ""))
                            .mapToLong(Long::parseLong)
                            .findFirst()
                            .orElseThrow()
                    * 1024;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "resident memory is read from /proc, which only Linux has", e);
        }
    }
}
