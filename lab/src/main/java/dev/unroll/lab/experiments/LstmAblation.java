package dev.unroll.lab.experiments;

import dev.unroll.chart.Axis;
import dev.unroll.chart.BarChart;
import dev.unroll.chart.Line;
import dev.unroll.chart.LineChart;
import dev.unroll.lab.Experiment;
import dev.unroll.lab.Finding;
import dev.unroll.lab.Spread;
import dev.unroll.lab.Trials;
import dev.unroll.lab.kit.Fit;
import dev.unroll.lab.kit.Recall;
import dev.unroll.nn.Seed;
import dev.unroll.nn.recurrent.CellFactory;
import dev.unroll.nn.recurrent.Elman;
import dev.unroll.nn.recurrent.Lstm;
import dev.unroll.nn.recurrent.LstmGates;
import dev.unroll.nn.recurrent.LstmVariant;
import dev.unroll.tensor.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The gates of an LSTM, and its additive path, left out one by one. */
public final class LstmAblation implements Experiment {
    private static final List<String> NAMES =
            List.of("lstm", "bias-3", "no-input", "no-forget", "no-output", "coupled", "elman");
    private static final List<CellFactory> CELLS =
            List.of(
                    Lstm::of,
                    LstmAblation::open,
                    with(LstmGates.WITHOUT_INPUT_GATE),
                    with(LstmGates.WITHOUT_FORGET_GATE),
                    with(LstmGates.WITHOUT_OUTPUT_GATE),
                    with(LstmGates.COUPLED),
                    Elman::of);

    @Override
    public String name() {
        return "lstm-ablation";
    }

    @Override
    public Finding run(Trials trials) {
        int length = trials.pick(30, 16);
        Fit fit = Fit.of(trials.pick(300, 50), 1e-2);
        List<Line> before = new ArrayList<>();
        List<Line> after = new ArrayList<>();
        List<BarChart.Bar> keep = new ArrayList<>();
        List<BarChart.Bar> replace = new ArrayList<>();
        Finding finding =
                new Finding()
                        .number("length", Integer.toString(length))
                        .number("steps", Integer.toString(fit.steps()));
        for (int i = 0; i < NAMES.size(); i++) {
            String name = NAMES.get(i);
            CellFactory cell = CELLS.get(i);
            var kept = Trials.once(s -> Recall.trained(cell, length, 0, fit, s));
            var replaced = Trials.once(s -> Recall.trained(cell, length, 0.2, fit, s));
            before.add(trials.curve(name, s -> Recall.felt(Recall.network(cell, s), length, s)));
            Spread keeps = trials.measure(s -> Recall.accuracy(kept.apply(s), length, 0, s));
            Spread replaces =
                    trials.measure(s -> Recall.accuracy(replaced.apply(s), length, 0.2, s));
            after.add(trials.curve(name, s -> Recall.felt(kept.apply(s), length, s)));
            keep.add(keeps.bar(name));
            replace.add(replaces.bar(name));
            finding.number(name + ".keep", keeps.median())
                    .number(name + ".keep.low", keeps.low())
                    .number(name + ".replace", replaces.median())
                    .number(name + ".before", before.getLast().end())
                    .number(name + ".after", after.getLast().end());
        }
        Axis x = Axis.linear("steps between the input and the last state");
        Axis y = Axis.logarithmic("length of the gradient, 1 for the last input");
        Axis right = Axis.linear("right answers, %; a guess has 12.5");
        return finding.chart("ablation-before", new LineChart("Before training", x, y, before))
                .chart("ablation-after", new LineChart("After training to keep", x, y, after))
                .chart("ablation-keep", new BarChart("Keep the first symbol", right, keep))
                .chart("ablation-replace", new BarChart("Replace it at marks", right, replace))
                .effect(
                        "Untrained, ten times more passes through any LSTM than through Elman",
                        before.subList(0, 6).stream()
                                .allMatch(line -> line.end() > 10 * before.get(6).end()))
                .effect(
                        "Without a forget gate the untrained gradient does not vanish",
                        before.get(3).end() > 0.3)
                .effect(
                        "Without it the first symbol is kept better than by the usual LSTM",
                        keep.get(3).value() > keep.get(0).value() + 10);
    }

    private static CellFactory with(LstmGates gates) {
        return (input, hidden, seed) -> LstmVariant.of(gates, input, hidden, seed);
    }

    /** All gates, and a forget gate that starts at σ(3) = 0.95 in place of σ(1) = 0.73. */
    private static Lstm open(int input, int hidden, Seed seed) {
        float[] b = new float[4 * hidden]; // i, f, g, o
        Arrays.fill(b, hidden, 2 * hidden, 3);
        Lstm cell = Lstm.of(input, hidden, seed);
        return new Lstm(cell.wx(), cell.wh(), Parameter.of(b, 4 * hidden));
    }
}
