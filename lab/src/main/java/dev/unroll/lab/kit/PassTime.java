package dev.unroll.lab.kit;

import dev.unroll.chart.Line;
import dev.unroll.nn.Seed;
import dev.unroll.tensor.Gradients;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.MemoryScope;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** The time of derivatives over the same rows, cut into few long or many short sequences. */
public final class PassTime {
    private static final int ROWS = 2048;
    private static final int WIDTH = 64;

    private PassTime() {}

    /**
     * {@return a line of the microseconds a row by how many sequences of equal length the 2,048
     * rows of 64 numbers are cut into}
     *
     * @param kind as in {@link Network#of(String, int, int, int, Seed)}
     * @param sequences divisors of 2,048
     */
    public static Line bySequences(String kind, int[] sequences, Stopwatch watch) {
        Seed seed = new Seed(1);
        Network network = Network.of(kind, WIDTH, WIDTH, 1, seed);
        Tensor rows = seed.at("x").normal(1, ROWS, WIDTH).value();
        watch.warmUp(() -> pass(network, rows, 16));
        List<Line.Point> points = new ArrayList<>();
        for (int side : sequences) {
            points.add(watch.seconds(() -> pass(network, rows, side)).times(1e6 / ROWS).at(side));
        }
        return new Line(kind, points);
    }

    private static double pass(Network network, Tensor rows, int sequences) {
        Sequences x = new Sequences(rows, Layout.even(sequences, ROWS / sequences));
        return MemoryScope.run(() -> Gradients.of(() -> network.answers(x).square().mean()).loss());
    }
}
