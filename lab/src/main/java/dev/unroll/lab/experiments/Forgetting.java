package dev.unroll.lab.experiments;

import dev.unroll.chart.Axis;
import dev.unroll.chart.LineChart;
import dev.unroll.lab.Experiment;
import dev.unroll.lab.Finding;
import dev.unroll.lab.Spread;
import dev.unroll.lab.Trials;
import dev.unroll.lab.kit.Felt;
import dev.unroll.lab.kit.Fit;
import dev.unroll.lab.kit.Network;
import dev.unroll.lab.kit.OneHot;
import dev.unroll.nn.Seed;
import dev.unroll.tensor.CrossEntropy;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** How much the last state still feels each earlier input, before and after training. */
public final class Forgetting implements Experiment {
    private static final List<String> KINDS = List.of("elman", "lstm", "gru", "transformer");
    private static final int SYMBOLS = 8;

    @Override
    public String name() {
        return "forgetting";
    }

    @Override
    public Finding run(Trials trials) {
        int length = trials.pick(30, 20);
        int steps = trials.pick(800, 60);
        var before = trials.curves(KINDS, (i, seed) -> felt(network(i, seed), length, seed));
        var after = trials.curves(KINDS, (i, s) -> felt(trained(i, length, steps, s), length, s));
        Axis x = Axis.linear("steps between the input and the last state");
        Axis y = Axis.logarithmic("length of the gradient, 1 for the last input");
        Finding finding =
                new Finding()
                        .chart("forgetting-before", new LineChart("Before training", x, y, before))
                        .chart("forgetting-after", new LineChart("After training", x, y, after))
                        .number("length", length);
        for (int i = 0; i < KINDS.size(); i++) {
            finding.number(KINDS.get(i) + ".before", before.get(i).end());
            finding.number(KINDS.get(i) + ".after", after.get(i).end());
            int kind = i;
            Spread right = trials.measure(s -> right(trained(kind, length, steps, s), length, s));
            finding.number(KINDS.get(i) + ".right", right.median());
        }
        return finding.effect(
                        "An untrained LSTM feels its first input more than Elman does",
                        before.get(1).end() > before.get(0).end())
                .effect(
                        "An untrained Transformer feels it more than an LSTM does",
                        before.get(3).end() > before.get(1).end());
    }

    private static Network network(int kind, Seed seed) {
        return Network.of(KINDS.get(kind), SYMBOLS, 32, SYMBOLS, seed);
    }

    /** The share of answers that are right, in percent. */
    private static double right(Network network, int length, Seed seed) {
        int[][] ids = OneHot.draw(SYMBOLS, 400, length, seed.at("test"));
        int[] said = network.answer(OneHot.of(SYMBOLS, ids)).argMax();
        return IntStream.range(0, 400).filter(i -> said[i] == ids[i][0]).count() / 4.0;
    }

    /** A network that has learnt to say, after the last symbol, which was the first. */
    private static Network trained(int kind, int length, int steps, Seed seed) {
        Network network = network(kind, seed);
        Fit.of(steps, 1e-2)
                .train(
                        network,
                        step -> {
                            int upTo =
                                    2 + (int) (step * 31 % (length - 1)); // short and long in turn
                            int[][] ids = OneHot.draw(SYMBOLS, 32, upTo, seed.at((int) step));
                            int[] first = Arrays.stream(ids).mapToInt(row -> row[0]).toArray();
                            Tensor answer = network.answer(OneHot.of(SYMBOLS, ids));
                            return CrossEntropy.mean(answer, first, 0);
                        });
        return network;
    }

    private static double[] felt(Network network, int length, Seed seed) {
        int[][] ids = OneHot.draw(SYMBOLS, 16, length, seed.at("felt"));
        return Felt.byDistance(network, OneHot.of(SYMBOLS, ids));
    }
}
