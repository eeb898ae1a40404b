package dev.unroll.lab.experiments;

import dev.unroll.chart.Axis;
import dev.unroll.chart.LineChart;
import dev.unroll.lab.Experiment;
import dev.unroll.lab.Finding;
import dev.unroll.lab.Trials;
import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.LayerNorm;
import dev.unroll.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/** Scores grow with the width, softmax closes, and rows grow with the depth. */
public final class AttentionScores implements Experiment {
    private static final int[] WIDTHS = {4, 8, 16, 32, 64, 128, 256, 512};
    private static final int[] DEPTHS = {1, 2, 4, 8, 16, 32};
    private static final int KEYS = 64;

    @Override
    public String name() {
        return "attention-scores";
    }

    @Override
    public Finding run(Trials trials) {
        var spread =
                List.of(
                        trials.line("q·k", WIDTHS, (d, s) -> variance(scores(d, 1, s))),
                        trials.line(
                                "q·k/√d", WIDTHS, (d, s) -> variance(scores(d, Math.sqrt(d), s))));
        var open =
                List.of(
                        trials.line("q·k", WIDTHS, (d, s) -> entropy(scores(d, 1, s))),
                        trials.line(
                                "q·k/√d", WIDTHS, (d, s) -> entropy(scores(d, Math.sqrt(d), s))));
        var slope =
                List.of(
                        trials.line("q·k", WIDTHS, (d, s) -> slope(scores(d, 1, s))),
                        trials.line("q·k/√d", WIDTHS, (d, s) -> slope(scores(d, Math.sqrt(d), s))));
        var deep =
                List.of(
                        trials.line("no norm", DEPTHS, (n, s) -> stack(n, s, false, 1)),
                        trials.line(
                                "branch/√layers",
                                DEPTHS,
                                (n, s) -> stack(n, s, false, Math.sqrt(n))),
                        trials.line("layer norm", DEPTHS, (n, s) -> stack(n, s, true, 1)));
        Axis width = Axis.powersOfTwo("width d of queries and keys");
        Axis nats = Axis.linear("entropy, nats; 4.16 if all keys weigh the same");
        Axis passed =
                Axis.logarithmic("size of the derivative of the weights by the scores, median");
        Axis size = Axis.logarithmic("root mean square of a row");
        return new Finding()
                .chart(
                        "scores-variance",
                        new LineChart(
                                "Variance of scores", width, Axis.logarithmic("variance"), spread))
                .chart(
                        "scores-entropy",
                        new LineChart("How many keys softmax looks at", width, nats, open))
                .chart(
                        "scores-gradient",
                        new LineChart("What softmax lets through", width, passed, slope))
                .chart(
                        "scores-depth",
                        new LineChart(
                                "Rows behind residual layers",
                                Axis.powersOfTwo("layers"),
                                size,
                                deep))
                .number("variance", spread.get(0).end())
                .number("variance-scaled", spread.get(1).end())
                .number("entropy", open.get(0).end())
                .number("entropy-scaled", open.get(1).end())
                .number("gradient", slope.get(1).end() / slope.get(0).end())
                .number("deep", deep.get(0).end())
                .number("deep-scaled", deep.get(1).end())
                .number("deep-norm", deep.get(2).end())
                .effect(
                        "The variance of q·k is within a fifth of d",
                        Math.abs(spread.get(0).end() / 512 - 1) < 0.2)
                .effect(
                        "Without the division by √d softmax comes to few keys",
                        open.get(0).end() < 1)
                .effect("With it softmax stays open", open.get(1).end() > 3)
                .effect(
                        "With it most queries pass more gradient",
                        slope.get(1).end() > 1.2 * slope.get(0).end())
                .effect(
                        "Without a norm rows grow with depth",
                        deep.get(0).end() > 10 * deep.get(2).end());
    }

    /** q·k/divisor of 64 queries with each key; all entries are drawn from N(0, 1). */
    private static Tensor scores(int d, double divisor, Seed seed) {
        Tensor q = seed.at("q").normal(1, 64, d).value();
        Tensor k = seed.at("k").normal(1, KEYS, d).value();
        return q.matmul(k.transpose()).times((float) (1 / divisor));
    }

    private static double variance(Tensor scores) {
        return scores.square().mean().item();
    }

    /** −Σ a·ln a, the mean over queries. */
    private static double entropy(Tensor scores) {
        return -scores.softmax().times(scores.logSoftmax()).sum(1).mean().item();
    }

    /** ‖∂a/∂scores‖ = √(Σa² − 2Σa³ + (Σa²)²), the median over queries. */
    private static double slope(Tensor scores) {
        Tensor a = scores.softmax();
        float[] two = a.square().sum(1).toArray();
        float[] three = a.square().times(a).sum(1).toArray();
        return IntStream.range(0, two.length)
                .mapToDouble(i -> Math.sqrt(two[i] - 2 * three[i] + two[i] * two[i]))
                .sorted()
                .toArray()[two.length / 2];
    }

    /** x + f(x)/divisor again and again, f random, with or without a norm before it. */
    private static double stack(int layers, Seed seed, boolean norm, double divisor) {
        Tensor x = seed.at("x").normal(1, 32, 64).value();
        for (int layer = 0; layer < layers; layer++) {
            Tensor w = seed.at(layer).normal(1 / Math.sqrt(64), 64, 64).value();
            Tensor in = norm ? LayerNorm.of(64).forward(x) : x;
            x = x.plus(in.matmul(w).times((float) (1 / divisor)));
        }
        return Math.sqrt(x.square().mean().item());
    }
}
