package dev.unroll.lab.experiments;

import dev.unroll.chart.Axis;
import dev.unroll.chart.Line;
import dev.unroll.chart.LineChart;
import dev.unroll.lab.Experiment;
import dev.unroll.lab.Finding;
import dev.unroll.lab.Trials;
import dev.unroll.lab.kit.Fit;
import dev.unroll.lab.kit.Network;
import dev.unroll.lab.kit.Recall;
import dev.unroll.mask.Mask;
import dev.unroll.mask.Masks;
import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.Linear;
import dev.unroll.nn.models.SequenceEncoder;
import dev.unroll.nn.transformer.TransformerShape;
import java.util.List;

/** The first symbol of a sequence, asked for at its end, under masks that hide it or not. */
public final class Sparsity implements Experiment {
    private static final int WINDOW = 16;
    private static final int WIDTH = 32;

    @Override
    public String name() {
        return "sparsity";
    }

    @Override
    public Finding run(Trials trials) {
        int[] lengths = trials.pick(new int[] {8, 16, 32, 64, 128}, new int[] {16, 32});
        int[] windows = trials.pick(new int[] {8, 16, 32, 64, 128}, new int[] {16, 32});
        int fixed = trials.pick(64, 32);
        Fit fit = Fit.of(trials.pick(300, 60), 1e-2);
        Mask near = Masks.window(WINDOW - 1, 0);
        Mask first = Masks.firstTokens(1);
        List<Line> byLength =
                List.of(
                        trials.line("all", lengths, (n, s) -> recall(Masks.NONE, n, fit, s)),
                        trials.line("window", lengths, (n, s) -> recall(near, n, fit, s)),
                        trials.line(
                                "window, first token",
                                lengths,
                                (n, s) -> recall(near.or(first), n, fit, s)));
        Line byWindow =
                trials.line(
                        "one layer, length " + fixed,
                        windows,
                        (w, s) -> recall(Masks.window(w - 1, 0), fixed, fit, s));
        Axis right = Axis.linear("right answers, %");
        Axis length = Axis.powersOfTwo("length, tokens");
        Axis window = Axis.powersOfTwo("window, tokens");
        List<Line.Point> seen = byLength.get(1).points();
        double within = lowest(seen.stream().filter(p -> p.x() <= WINDOW).toList());
        double beyond = highest(seen.stream().filter(p -> p.x() > WINDOW).toList());
        return new Finding()
                .chart(
                        "sparsity-length",
                        new LineChart("Recall against length", length, right, byLength))
                .chart(
                        "sparsity-window",
                        new LineChart(
                                "Recall against the window", window, right, List.of(byWindow)))
                .number("window", WINDOW)
                .number("length", fixed)
                .number("guess", 100.0 / Recall.SYMBOLS)
                .number("within", within)
                .number("beyond", beyond)
                .number("all", lowest(byLength.get(0).points()))
                .number("first", lowest(byLength.get(2).points()))
                .effect("A window that reaches the symbol recalls it", within > 90)
                .effect(
                        "A window that does not reach the symbol recalls no more than a guess",
                        beyond < 25)
                .effect(
                        "The same window recalls it at every length if it sees the first token, too",
                        lowest(byLength.get(2).points()) > 90);
    }

    private static double lowest(List<Line.Point> points) {
        return points.stream().mapToDouble(Line.Point::low).min().orElseThrow();
    }

    private static double highest(List<Line.Point> points) {
        return points.stream().mapToDouble(Line.Point::high).max().orElseThrow();
    }

    /** The right answers, in %, of one layer of attention that looks back through a mask. */
    private static double recall(Mask mask, int length, Fit fit, Seed seed) {
        var shape = TransformerShape.of(WIDTH, 4).attention(mask);
        var layer =
                SequenceEncoder.SelfAttention.of(
                        shape, Recall.WIDTH, 1, Masks.CAUSAL, seed.at("encoder"));
        Linear head = Linear.of(WIDTH, Recall.SYMBOLS, seed.at("head"));
        Network network = Recall.train(new Network(layer, head), length, 0, fit, seed);
        return Recall.accuracy(network, length, 0, seed);
    }
}
