package dev.unroll.lab.experiments;

import dev.unroll.chart.Axis;
import dev.unroll.chart.Line;
import dev.unroll.chart.LineChart;
import dev.unroll.lab.Experiment;
import dev.unroll.lab.Finding;
import dev.unroll.lab.Trials;
import dev.unroll.nn.Seed;
import dev.unroll.tensor.Tensor;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Scores grow with the width, and softmax closes, unless they are divided by √d. */
public final class AttentionScores implements Experiment {
    private static final int[] WIDTHS = {4, 8, 16, 32, 64, 128, 256, 512};
    private static final int KEYS = 64;

    @Override
    public String name() {
        return "attention-scores";
    }

    @Override
    public Finding run(Trials trials) {
        var spread = lines(trials, scores -> scores.square().mean().item());
        var open = lines(trials, AttentionScores::entropy);
        var slope = lines(trials, AttentionScores::slope);
        Axis x = Axis.powersOfTwo("width d of queries and keys");
        Axis variance = Axis.logarithmic("variance");
        Axis nats = Axis.linear("entropy, nats; 4.16 if all keys weigh the same");
        Axis size = Axis.logarithmic("size of the weights' derivative by the scores, median");
        return new Finding()
                .chart("scores-variance", new LineChart("Scores", x, variance, spread))
                .chart("scores-entropy", new LineChart("How many keys count", x, nats, open))
                .chart("scores-gradient", new LineChart("What softmax passes", x, size, slope))
                .number("variance", spread.get(0).end())
                .number("variance-scaled", spread.get(1).end())
                .number("entropy", open.get(0).end())
                .number("entropy-scaled", open.get(1).end())
                .number("gradient", slope.get(1).end() / slope.get(0).end())
                .effect("The variance of q·k grows with d", spread.get(0).end() > 400)
                .effect("Divided by √d it stays near 1", Math.abs(spread.get(1).end() - 1) < 0.2)
                .effect("Without the division few keys count", open.get(0).end() < 1)
                .effect("With it most do", open.get(1).end() > 3)
                .effect("With it most queries pass more", slope.get(1).end() > slope.get(0).end());
    }

    /** A quantity of the scores over the width, without and with the division. */
    private static List<Line> lines(Trials trials, ToDoubleFunction<Tensor> quantity) {
        return List.of(
                trials.line("q·k", WIDTHS, (d, s) -> quantity.applyAsDouble(scores(d, 1, s))),
                trials.line(
                        "q·k/√d",
                        WIDTHS,
                        (d, s) -> quantity.applyAsDouble(scores(d, Math.sqrt(d), s))));
    }

    /** q·k/divisor of 64 queries with each key; all entries are drawn from N(0, 1). */
    private static Tensor scores(int d, double divisor, Seed seed) {
        Tensor q = seed.at("q").normal(1, 64, d).value();
        Tensor k = seed.at("k").normal(1, KEYS, d).value();
        return q.matmul(k.transpose()).times((float) (1 / divisor));
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
}
