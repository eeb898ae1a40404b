package dev.unroll.lab.experiments;

import dev.unroll.chart.Axis;
import dev.unroll.chart.Line;
import dev.unroll.chart.LineChart;
import dev.unroll.lab.Experiment;
import dev.unroll.lab.Finding;
import dev.unroll.lab.Trials;
import dev.unroll.lab.kit.AddingProblem;
import dev.unroll.lab.kit.CopyMemory;
import dev.unroll.lab.kit.Fit;
import dev.unroll.lab.kit.Network;
import dev.unroll.nn.Seed;
import java.util.ArrayList;
import java.util.List;

/** Two tasks that need long memory, at growing lengths, with the same number of steps for all. */
public final class LongMemory implements Experiment {
    private static final List<String> KINDS = List.of("elman", "lstm", "gru", "transformer");

    @Override
    public String name() {
        return "long-memory";
    }

    @Override
    public Finding run(Trials trials) {
        int[] lengths = trials.pick(new int[] {10, 20, 40, 80, 160}, new int[] {10});
        int steps = trials.pick(500, 100);
        List<Line> adding = new ArrayList<>();
        List<Line> copying = new ArrayList<>();
        for (String kind : KINDS) {
            adding.add(trials.line(kind, lengths, (n, seed) -> adding(kind, n, steps, seed)));
            copying.add(trials.line(kind, lengths, (n, seed) -> copying(kind, n, steps, seed)));
        }
        Axis x = Axis.powersOfTwo("steps to be bridged");
        Axis error = Axis.logarithmic("mean squared error; 0.167 without memory");
        Axis share = Axis.logarithmic("cross-entropy divided by that without memory");
        Finding finding =
                new Finding()
                        .chart("adding", new LineChart("The adding problem", x, error, adding))
                        .chart("copying", new LineChart("Copying five symbols", x, share, copying));
        for (int i = 0; i < KINDS.size(); i++) {
            finding.number(KINDS.get(i) + ".adding", adding.get(i).end());
            finding.number(KINDS.get(i) + ".copying", copying.get(i).end());
        }
        return finding.number("steps", steps)
                .number("length", lengths[lengths.length - 1])
                .effect(
                        "Over 10 steps a GRU adds better than a guess",
                        adding.get(2).points().getFirst().y() < 0.1)
                .effect(
                        "The Transformer copies better than the LSTM at the longest length",
                        copying.get(3).end() < copying.get(1).end());
    }

    private static double adding(String kind, int length, int steps, Seed seed) {
        Network network = Network.of(kind, 2, 32, 1, seed);
        return AddingProblem.errorAfter(Fit.of(steps, 1e-2), network, length, seed);
    }

    private static double copying(String kind, int blank, int steps, Seed seed) {
        Network network = Network.of(kind, CopyMemory.WIDTH, 32, CopyMemory.WIDTH, seed);
        double loss = CopyMemory.lossAfter(Fit.of(steps, 1e-2), network, 5, blank, 200, seed);
        return loss / CopyMemory.withoutMemory(5, blank);
    }
}
