package dev.unroll.lab.experiments;

import dev.unroll.chart.Axis;
import dev.unroll.chart.LineChart;
import dev.unroll.lab.Experiment;
import dev.unroll.lab.Finding;
import dev.unroll.lab.Spread;
import dev.unroll.lab.Trials;
import dev.unroll.lab.kit.CellSize;
import dev.unroll.lab.kit.Fit;
import dev.unroll.lab.kit.MemoryTask;
import dev.unroll.nn.Seed;
import dev.unroll.nn.recurrent.Cell;
import dev.unroll.nn.recurrent.LstmGates;
import dev.unroll.nn.recurrent.LstmGates.Input;
import dev.unroll.nn.recurrent.LstmVariant;
import dev.unroll.train.Clip;
import java.util.ArrayList;
import java.util.List;

/** An LSTM whose input gate is a ReLU, a tanh or a softplus in place of the logistic function. */
public final class ReluGate implements Experiment {
    private static final List<String> NAMES = List.of("sigmoid", "relu", "tanh", "softplus");
    private static final List<Input> GATES =
            List.of(Input.SIGMOID, Input.RELU, Input.TANH, Input.SOFTPLUS);
    private static final List<MemoryTask> TASKS =
            List.of(MemoryTask.ADDING, MemoryTask.MAJORITY, MemoryTask.RECALL);

    @Override
    public String name() {
        return "relu-gate";
    }

    @Override
    public Finding run(Trials trials) {
        int length = trials.pick(21, 9);
        int steps = trials.pick(200, 40);
        int run = trials.pick(420, 60);
        Fit fit = Fit.of(steps, 1e-2);
        var small = trials.curves(NAMES, (i, s) -> CellSize.overNoise(cell(i, 2, s), 1, run, s));
        var large = trials.curves(NAMES, (i, s) -> CellSize.overNoise(cell(i, 2, s), 10, run, s));
        var trained = trials.curves(NAMES, (i, s) -> afterAdding(i, length, run, fit, s));
        Axis t = Axis.linear("step");
        Axis c = Axis.logarithmic("root mean square of the cell state");
        Finding finding =
                new Finding()
                        .chart("gate-small", new LineChart("Untrained", t, c, small))
                        .chart("gate-large", new LineChart("Inputs ten times larger", t, c, large))
                        .chart("gate-trained", new LineChart("Trained to add", t, c, trained))
                        .number("steps", Integer.toString(steps))
                        .number("length", Integer.toString(length));
        List<List<String>> rows = new ArrayList<>();
        List<Double> adding = new ArrayList<>();
        for (int i = 0; i < GATES.size(); i++) {
            String name = NAMES.get(i);
            finding.number(name + ".small", small.get(i).end())
                    .number(name + ".large", large.get(i).end())
                    .number(name + ".trained", trained.get(i).end());
            for (Clip clip : List.of(Clip.norm(1), Clip.NONE)) {
                boolean free = clip.equals(Clip.NONE);
                List<String> row = new ArrayList<>(List.of(name, free ? "none" : "1"));
                for (MemoryTask task : TASKS) {
                    int gate = i;
                    Spread loss =
                            trials.measure(
                                    s -> {
                                        Cell cell = cell(gate, task.input(), s);
                                        return task.train(cell, length, fit.with(clip), s);
                                    });
                    row.add(loss.written());
                    finding.number(name + "." + task.name() + (free ? ".free" : ""), loss.median());
                    if (task.equals(MemoryTask.ADDING)) {
                        adding.add(loss.median());
                    }
                }
                rows.add(row);
            }
        }
        return finding.table(List.of("input gate", "clip", "adding", "majority", "recall"), rows)
                .effect(
                        "With none of the gates does the untrained cell state explode after step 30",
                        small.stream()
                                .allMatch(line -> line.end() < 1.5 * line.points().get(30).y()))
                .effect(
                        "Larger inputs make the cell state grow more with ReLU than with sigmoid",
                        large.get(1).end() / small.get(1).end()
                                > large.get(0).end() / small.get(0).end())
                .effect(
                        "In adding ReLU has a smaller loss than sigmoid",
                        adding.get(2) < adding.get(0));
    }

    private static Cell cell(int gate, int input, Seed seed) {
        return LstmVariant.of(LstmGates.STANDARD.input(GATES.get(gate)), input, 24, seed);
    }

    private static double[] afterAdding(int gate, int length, int run, Fit fit, Seed seed) {
        Cell cell = cell(gate, 2, seed);
        MemoryTask.ADDING.train(cell, length, fit, seed);
        var longer = MemoryTask.ADDING.batches().of(16, run, seed.at("long"));
        return CellSize.overTime(cell, longer.inputs());
    }
}
