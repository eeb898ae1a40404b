package dev.unroll.lab.experiments;

import dev.unroll.chart.Axis;
import dev.unroll.chart.Line;
import dev.unroll.chart.LineChart;
import dev.unroll.lab.Experiment;
import dev.unroll.lab.Finding;
import dev.unroll.lab.Trials;
import dev.unroll.lab.kit.Felt;
import dev.unroll.lab.kit.Fit;
import dev.unroll.lab.kit.Network;
import dev.unroll.lab.kit.OneHot;
import dev.unroll.nn.Seed;
import dev.unroll.tensor.CrossEntropy;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** How much the last state still feels each earlier input, before and after training. */
public final class Forgetting implements Experiment {
    private static final List<String> KINDS =
            List.of("elman", "lstm", "gru", "mingru", "transformer");
    private static final int SYMBOLS = 8;

    @Override
    public String name() {
        return "forgetting";
    }

    @Override
    public Finding run(Trials trials) {
        int length = trials.pick(30, 20);
        int steps = trials.pick(800, 60);
        List<Line> before = new ArrayList<>();
        List<Line> after = new ArrayList<>();
        List<Double> right = new ArrayList<>();
        Finding finding = new Finding().number("length", length);
        for (String kind : KINDS) {
            var trained = Trials.once(seed -> trained(kind, length, steps, seed));
            before.add(trials.curve(kind, seed -> felt(network(kind, seed), length, seed)));
            after.add(trials.curve(kind, seed -> felt(trained.apply(seed), length, seed)));
            right.add(trials.measure(seed -> right(trained.apply(seed), length, seed)).median());
            finding.number(kind + ".before", before.getLast().end())
                    .number(kind + ".after", after.getLast().end())
                    .number(kind + ".right", right.getLast());
        }
        Axis x = Axis.linear("steps between the input and the last state");
        Axis y = Axis.logarithmic("length of the gradient, 1 for the last input");
        return finding.chart("forgetting-before", new LineChart("Before training", x, y, before))
                .chart("forgetting-after", new LineChart("After training", x, y, after))
                .effect(
                        "An untrained LSTM feels its first input more than Elman does",
                        before.get(1).end() > before.get(0).end())
                .effect(
                        "An untrained Transformer feels it more than an LSTM does",
                        before.getLast().end() > before.get(1).end())
                .effect(
                        "One layer of a minGRU does not learn which symbol came first",
                        right.get(3) < 50);
    }

    private static Network network(String kind, Seed seed) {
        return Network.of(kind, SYMBOLS, 32, SYMBOLS, seed);
    }

    /** The share of answers that are right, in percent. */
    private static double right(Network network, int length, Seed seed) {
        int[][] ids = OneHot.draw(SYMBOLS, 400, length, seed.at("test"));
        int[] said = network.answer(OneHot.of(SYMBOLS, ids)).argMax();
        return IntStream.range(0, 400).filter(i -> said[i] == ids[i][0]).count() / 4.0;
    }

    /** A network that has learnt to say, after the last symbol, which was the first. */
    private static Network trained(String kind, int length, int steps, Seed seed) {
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
