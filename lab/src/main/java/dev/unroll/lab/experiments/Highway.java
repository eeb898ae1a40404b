package dev.unroll.lab.experiments;

import dev.unroll.chart.Axis;
import dev.unroll.chart.LineChart;
import dev.unroll.lab.Experiment;
import dev.unroll.lab.Finding;
import dev.unroll.lab.Trials;
import dev.unroll.lab.kit.Length;
import dev.unroll.nn.Seed;
import dev.unroll.nn.recurrent.Cell;
import dev.unroll.nn.recurrent.CellState;
import dev.unroll.nn.recurrent.Elman;
import dev.unroll.nn.recurrent.Lstm;
import dev.unroll.tensor.Gradients;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** The gradient through the cell state, for forget gates that are more or less open. */
public final class Highway implements Experiment {
    private static final int HIDDEN = 32;
    private static final int[] STEPS = {0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100};

    @Override
    public String name() {
        return "highway";
    }

    @Override
    public Finding run(Trials trials) {
        var lines =
                List.of(
                        trials.line("Elman", STEPS, (t, s) -> felt(Elman.of(2, HIDDEN, s), t, s)),
                        trials.line("LSTM, bias 0", STEPS, (t, s) -> felt(lstm(0, s), t, s)),
                        trials.line("LSTM, bias 1", STEPS, (t, s) -> felt(lstm(1, s), t, s)),
                        trials.line("LSTM, bias 4", STEPS, (t, s) -> felt(lstm(4, s), t, s)));
        Axis x = Axis.linear("steps T");
        Axis y = Axis.logarithmic("length of the gradient of the state after T steps by the first");
        return new Finding()
                .chart(
                        "highway",
                        new LineChart("Through h of an Elman network, and through c", x, y, lines))
                .number("elman", lines.get(0).end())
                .number("one", lines.get(2).end())
                .number("four", lines.get(3).end())
                .effect(
                        "With the forget gate near 1 a million times more passes than through Elman",
                        lines.get(3).end() > 1e6 * lines.get(0).end())
                .effect(
                        "The wider the forget gate is open, the more passes",
                        lines.get(3).end() > lines.get(2).end()
                                && lines.get(2).end() > lines.get(1).end());
    }

    /** An LSTM whose forget gate has this bias. */
    private static Lstm lstm(float bias, Seed seed) {
        Lstm cell = Lstm.of(2, HIDDEN, seed);
        float[] b = new float[4 * HIDDEN]; // i, f, g, o
        Arrays.fill(b, HIDDEN, 2 * HIDDEN, bias);
        return new Lstm(cell.wx(), cell.wh(), Parameter.of(b, 4 * HIDDEN));
    }

    /** The gradient of the last state by the first one: c of an LSTM, h of an Elman network. */
    private static double felt(Cell cell, int steps, Seed seed) {
        Tensor first = seed.at("state").normal(0.1, 1, HIDDEN).value();
        Gradients gradients =
                Gradients.of(
                        () -> {
                            CellState state = cell.startFrom(first);
                            for (int t = 0; t < steps; t++) {
                                Tensor x = seed.at(t).normal(1, 1, 2).value();
                                state = cell.step(x, state);
                            }
                            return (cell.memory() > 0 ? state.c() : state.h()).sum();
                        },
                        first);
        return Length.of(gradients.of(first)) / Math.sqrt(HIDDEN);
    }
}
