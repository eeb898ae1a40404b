package dev.unroll.lab.experiments;

import dev.unroll.chart.Axis;
import dev.unroll.chart.LineChart;
import dev.unroll.lab.Experiment;
import dev.unroll.lab.Finding;
import dev.unroll.lab.Trials;
import dev.unroll.lab.kit.Fit;
import dev.unroll.lab.kit.Network;
import dev.unroll.lab.kit.OneHot;
import dev.unroll.mask.Masks;
import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.Linear;
import dev.unroll.nn.models.SequenceEncoder;
import dev.unroll.nn.transformer.TransformerShape;
import dev.unroll.tensor.CrossEntropy;
import dev.unroll.train.Schedule;
import java.util.List;

/** A deep Transformer with its norm after or before each sublayer, with and without warm-up. */
public final class WarmUp implements Experiment {
    private static final int SYMBOLS = 8;
    private static final int LENGTH = 16;
    private static final List<String> LABELS =
            List.of("post-norm", "post-norm, warm-up", "pre-norm", "pre-norm, warm-up");

    @Override
    public String name() {
        return "warm-up";
    }

    @Override
    public Finding run(Trials trials) {
        int steps = trials.pick(400, 100);
        var curves =
                trials.curves(
                        LABELS,
                        (i, seed) -> train(i >= 2, i % 2 == 1 ? steps / 4 : 0, steps, seed));
        Axis loss = Axis.linear("cross-entropy, nats; 2.08 is a guess");
        Finding finding =
                new Finding()
                        .chart(
                                "warm-up",
                                new LineChart(
                                        "Eight layers learn which token came before",
                                        Axis.linear("step"),
                                        loss,
                                        curves));
        for (int i = 0; i < LABELS.size(); i++) {
            finding.number(
                    List.of("post", "post-warm", "pre", "pre-warm").get(i), curves.get(i).end());
        }
        return finding.effect("Without warm-up, pre-norm learns", curves.get(2).end() < 1)
                .effect(
                        "Without warm-up, post-norm ends with a higher loss than pre-norm",
                        curves.get(0).end() > curves.get(2).end());
    }

    /** The smoothed loss at each step. */
    private static double[] train(boolean preNorm, int warmUp, int steps, Seed seed) {
        TransformerShape shape = TransformerShape.of(32, 4).dropout(0).preNorm(preNorm);
        Network network =
                new Network(
                        SequenceEncoder.SelfAttention.of(shape, SYMBOLS, 8, Masks.CAUSAL, seed),
                        Linear.of(32, SYMBOLS, seed.at("head")));
        var log =
                Fit.of(steps, 3e-3)
                        .schedule(new Schedule.Constant(warmUp))
                        .train(
                                network,
                                step -> {
                                    int[][] ids =
                                            OneHot.draw(SYMBOLS, 16, LENGTH, seed.at((int) step));
                                    return CrossEntropy.mean(
                                            network.answers(OneHot.of(SYMBOLS, ids)),
                                            before(ids),
                                            0);
                                });
        double[] smooth = new double[steps];
        for (int i = 0; i < steps; i++) {
            double last = i == 0 ? log.get(0).loss() : smooth[i - 1];
            smooth[i] = 0.9 * last + 0.1 * log.get(i).loss();
        }
        return smooth;
    }

    /** The token before each token; the first of a sequence counts for nothing. */
    private static int[] before(int[][] ids) {
        int[] targets = new int[ids.length * LENGTH];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = i % LENGTH == 0 ? CrossEntropy.IGNORED : ids[i / LENGTH][i % LENGTH - 1];
        }
        return targets;
    }
}
