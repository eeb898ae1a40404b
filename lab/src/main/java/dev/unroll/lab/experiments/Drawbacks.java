package dev.unroll.lab.experiments;

import dev.unroll.backend.Backends;
import dev.unroll.chart.Axis;
import dev.unroll.chart.Line;
import dev.unroll.chart.LineChart;
import dev.unroll.lab.Experiment;
import dev.unroll.lab.Finding;
import dev.unroll.lab.Trials;
import dev.unroll.lab.kit.Network;
import dev.unroll.lab.kit.Rewriter;
import dev.unroll.lab.kit.Rewriting;
import dev.unroll.lab.kit.Stopwatch;
import dev.unroll.nn.Seed;
import dev.unroll.tensor.Gradients;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.MemoryScope;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** What a state of fixed size loses, and what steps cost that wait for each other. */
public final class Drawbacks implements Experiment {
    private static final int TOKENS = 2048;
    private static final int WIDTH = 64;

    @Override
    public String name() {
        return "drawbacks";
    }

    @Override
    public Finding run(Trials trials) {
        Line copied = copied(trials);
        List<Line> times = new ArrayList<>();
        for (String kind : List.of("elman", "lstm", "gru")) {
            times.add(time(kind, trials));
        }
        Line lstm = times.get(1);
        double alone = lstm.points().getFirst().y();
        return new Finding()
                .chart(
                        "drawbacks-state",
                        new LineChart(
                                "First: a state of fixed size",
                                Axis.linear("digits to be kept"),
                                Axis.linear("digits that are right, %"),
                                List.of(copied)))
                .chart(
                        "drawbacks-waiting",
                        new LineChart(
                                "Second: steps that wait for each other",
                                Axis.powersOfTwo("sequences read side by side"),
                                Axis.logarithmic("microseconds a token, training"),
                                times))
                .number("short", copied.points().getFirst().y())
                .number("long", copied.end())
                .number("digits", "" + trials.pick(18, 12))
                .number("alone", alone)
                .number("together", lstm.end())
                .number("ratio", alone / lstm.end())
                .number("cores", "" + Backends.current().threads())
                .effect(
                        "Of many digits less than half as large a share comes back as of three",
                        copied.end() < copied.points().getFirst().y() / 2)
                .timedEffect(
                        "A token of one sequence takes an LSTM longer than one of 128 sequences side by side",
                        lstm.points().getFirst().low() > lstm.points().getLast().low());
    }

    /** The share of digits that an encoder-decoder without attention says again. */
    private static Line copied(Trials trials) {
        int[] lengths = trials.pick(new int[] {3, 6, 9, 12, 15, 18}, new int[] {3, 12});
        int longest = trials.pick(18, 12);
        int steps = trials.pick(600, 300);
        return Rewriter.byLength(
                "GRU, 32 numbers",
                lengths,
                trials,
                seed -> Rewriter.trained(Rewriting.COPY, false, 32, longest, steps, seed));
    }

    /** The time of the same number of tokens, in few long or many short sequences. */
    private static Line time(String kind, Trials trials) {
        Seed seed = new Seed(1);
        Network network = Network.of(kind, WIDTH, WIDTH, 1, seed);
        Tensor rows = seed.at("x").normal(1, TOKENS, WIDTH).value();
        Stopwatch watch = new Stopwatch(trials.quick() ? 0.2 : 2, 9);
        watch.warmUp(() -> pass(network, rows, 16));
        List<Line.Point> points = new ArrayList<>();
        for (int side : trials.pick(new int[] {1, 2, 4, 8, 16, 32, 64, 128}, new int[] {1, 128})) {
            points.add(watch.seconds(() -> pass(network, rows, side)).times(1e6 / TOKENS).at(side));
        }
        return new Line(kind, points);
    }

    /** Derivatives over rows that are cut into so many sequences of equal length. */
    private static double pass(Network network, Tensor rows, int sequences) {
        Sequences x = new Sequences(rows, Layout.even(sequences, TOKENS / sequences));
        return MemoryScope.run(() -> Gradients.of(() -> network.answers(x).square().mean()).loss());
    }
}
