package dev.unroll.bench.growth;

import dev.unroll.backend.Backends;
import dev.unroll.bench.Child;
import dev.unroll.bench.UnrollTraining;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;

/**
 * Measures whole training steps (forward, backward, clipping, Adam) on one thread and on two, each
 * number of threads in a process of its own, and draws them.
 */
public final class Growth {
    private Growth() {}

    private static final int ROUNDS = 5;

    /** Lines of a chart that can be told apart. */
    private static final int DRAWN = 8;

    /** Seconds until the compiler has done with a network. */
    private static final double WARM_UP = 6;

    /** Measures everything and writes one drawing an axis and a table of all figures. */
    public static void draw(Path folder) throws IOException {
        Files.createDirectories(folder);
        List<Line> lines = new ArrayList<>();
        for (int threads : List.of(1, 2)) {
            byte[] answer =
                    Child.run(
                            List.of(
                                    "-XX:+UseParallelGC",
                                    "-XX:MaxRAMPercentage=60",
                                    "-Dunroll.threads=" + threads),
                            Growth.class);
            lines.addAll(Arrays.asList(JsonMapper.shared().readValue(answer, Line[].class)));
        }
        Files.writeString(folder.resolve("cost.csv"), table(lines));
        for (Axis axis : Axis.values()) {
            List<Line> here = drawn(lines.stream().filter(l -> l.axis() == axis).toList());
            String name = axis.name().toLowerCase(Locale.ROOT);
            Plot.write(axis, here, folder.resolve("cost-by-" + name + ".svg"));
        }
    }

    /**
     * The lines of a chart: those of all threads alone, where one line for each would be too many.
     */
    private static List<Line> drawn(List<Line> lines) {
        int threads = lines.stream().mapToInt(Line::threads).max().orElse(1);
        return lines.size() <= DRAWN
                ? lines
                : lines.stream().filter(line -> line.threads() == threads).toList();
    }

    /** The child process: measures all lines with its number of threads. */
    public static void main(String[] args) {
        for (Network network : Network.values()) {
            run(network.training(new Axis.Size(4, 256, 128)), WARM_UP);
        }
        List<Line> lines = new ArrayList<>();
        int threads = Backends.current().threads();
        for (Axis axis : Axis.values()) {
            for (Network network : axis.networks) {
                List<Double> times = new ArrayList<>();
                for (int value : axis.values) {
                    if (axis.at(value).length() <= network.longest) {
                        times.add(microseconds(network, axis.at(value)));
                    }
                }
                lines.add(new Line(axis, network, threads, times));
                System.err.println(lines.getLast());
            }
        }
        System.out.println(JsonMapper.shared().writeValueAsString(lines));
        System.exit(0);
    }

    private static double microseconds(Network network, Axis.Size size) {
        UnrollTraining training = network.training(size);
        run(training, 0.7);
        double[] times = new double[ROUNDS];
        for (int r = 0; r < ROUNDS; r++) {
            times[r] = run(training, 0.05) / size.batch() / size.length();
        }
        Arrays.sort(times);
        return times[ROUNDS / 2];
    }

    /** Runs for at least so many seconds; gives the microseconds of a run. */
    private static double run(UnrollTraining training, double seconds) {
        long start = System.nanoTime();
        int runs = 0;
        do {
            training.run();
            runs++;
        } while (System.nanoTime() - start < seconds * 1e9);
        return (System.nanoTime() - start) * 1e-3 / runs;
    }

    private static String table(List<Line> lines) {
        StringBuilder table =
                new StringBuilder("axis,value,network,threads,microseconds a token\n");
        for (Line line : lines) {
            for (int i = 0; i < line.microseconds().size(); i++) {
                table.append(
                        String.format(
                                Locale.ROOT,
                                "%s,%d,%s,%d,%.2f%n",
                                line.axis().name().toLowerCase(Locale.ROOT),
                                line.axis().values.get(i),
                                line.network().label,
                                line.threads(),
                                line.microseconds().get(i)));
            }
        }
        return table.toString();
    }
}
