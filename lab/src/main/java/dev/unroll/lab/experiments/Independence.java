package dev.unroll.lab.experiments;

import dev.unroll.chart.Axis;
import dev.unroll.chart.BarChart;
import dev.unroll.lab.Experiment;
import dev.unroll.lab.Finding;
import dev.unroll.lab.Spread;
import dev.unroll.lab.Trials;
import dev.unroll.lab.kit.Fit;
import dev.unroll.lab.kit.LabelTask;
import dev.unroll.lab.kit.MadeStreams;
import dev.unroll.lab.kit.PublishedStreams;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Tags, characters and gestures for a network that sees each place alone, and for a GRU. */
public final class Independence implements Experiment {
    private static final List<LabelTask> MADE =
            List.of(
                    LabelTask.made("made tags", MadeStreams::tags),
                    LabelTask.made("made characters", MadeStreams::characters),
                    LabelTask.made("made gestures", MadeStreams::gestures));

    @Override
    public String name() {
        return "independence";
    }

    @Override
    public Finding run(Trials trials) {
        Fit fit = Fit.of(trials.pick(600, 150), 5e-3);
        Finding finding = new Finding().number("best", 100 * MadeStreams.bestCharacters());
        List<LabelTask> tasks = new ArrayList<>(MADE);
        if (!trials.quick()) {
            try {
                tasks.addAll(PublishedStreams.all());
            } catch (IOException e) {
                finding.text("A published data set could not be had: " + e.getMessage());
            }
        }
        List<BarChart.Bar> bars = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        for (LabelTask task : tasks) {
            Spread alone = trials.measure(seed -> task.accuracy("mlp", fit, seed));
            Spread sequence = trials.measure(seed -> task.accuracy("gru", fit, seed));
            bars.add(alone.bar(task.name() + ", alone"));
            bars.add(sequence.bar(task.name() + ", in sequence"));
            finding.number(task.key() + ".gain", sequence.median() - alone.median());
            rows.add(List.of(task.name(), alone.written(), sequence.written()));
            if (MADE.contains(task)) {
                finding.effect(
                        "What came before helps (%s)".formatted(task.name()),
                        sequence.low() > alone.high() + 5);
            }
        }
        Axis right = Axis.linear("right, %");
        return finding.table(List.of("task", "alone, % right", "in sequence, % right"), rows)
                .chart("independence", new BarChart("Alone and in sequence", right, bars));
    }
}
