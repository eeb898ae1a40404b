package dev.unroll.lab.experiments;

import dev.unroll.chart.Axis;
import dev.unroll.chart.BarChart;
import dev.unroll.lab.Experiment;
import dev.unroll.lab.Finding;
import dev.unroll.lab.Spread;
import dev.unroll.lab.Trials;
import dev.unroll.lab.kit.Fit;
import dev.unroll.lab.kit.LabelledStream;
import dev.unroll.lab.kit.MadeStreams;
import dev.unroll.lab.kit.Network;
import dev.unroll.lab.kit.PublishedStreams;
import dev.unroll.lab.kit.Share;
import dev.unroll.nn.Seed;
import dev.unroll.tensor.CrossEntropy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;

/** Tags, characters and gestures for a network that sees each place alone, and for a GRU. */
public final class Independence implements Experiment {
    private static final int LENGTH = 32;

    @Override
    public String name() {
        return "independence";
    }

    @Override
    public Finding run(Trials trials) {
        List<Task> tasks =
                new ArrayList<>(
                        List.of(
                                made("made tags", MadeStreams::tags),
                                made("made characters", MadeStreams::characters),
                                made("made gestures", MadeStreams::gestures)));
        Finding finding = new Finding().number("best", 100 * MadeStreams.bestCharacters());
        if (!trials.quick()) {
            addPublished(tasks, finding);
        }
        List<BarChart.Bar> bars = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        for (Task task : tasks) {
            int steps = trials.pick(600, 150);
            Spread alone = trials.measure(s -> accuracy("mlp", task, steps, s));
            Spread sequence = trials.measure(s -> accuracy("gru", task, steps, s));
            bars.add(alone.bar(task.name + ", alone"));
            bars.add(sequence.bar(task.name + ", in sequence"));
            finding.number(task.key() + ".gain", sequence.median() - alone.median());
            rows.add(List.of(task.name, alone.written(), sequence.written()));
            if (task.made) {
                finding.effect(
                        "What came before helps (%s)".formatted(task.name),
                        sequence.low() > alone.high() + 5);
            }
        }
        Axis right = Axis.linear("right, %");
        return finding.table(List.of("task", "alone, % right", "in sequence, % right"), rows)
                .chart("independence", new BarChart("Alone and in sequence", right, bars));
    }

    private record Task(
            String name, boolean made, LabelledStream training, LabelledStream heldOut) {
        String key() {
            return name.toLowerCase(Locale.ROOT).replace(' ', '-');
        }
    }

    private static Task made(String name, BiFunction<Integer, Seed, LabelledStream> stream) {
        return new Task(
                name, true, stream.apply(20_000, new Seed(1)), stream.apply(6_000, new Seed(2)));
    }

    /** Adds the published sets, as far as they can be had. */
    private static void addPublished(List<Task> tasks, Finding finding) {
        try {
            var tags = PublishedStreams.tags();
            tasks.add(new Task("UD English tags", false, tags.training(), tags.heldOut()));
            var text = PublishedStreams.characters();
            tasks.add(new Task("Tiny Shakespeare", false, text.training(), text.heldOut()));
            var frames = PublishedStreams.gestures();
            tasks.add(new Task("gesture phases", false, frames.training(), frames.heldOut()));
        } catch (IOException e) {
            finding.text("A published data set could not be had: " + e.getMessage());
        }
    }

    /** The share of held-out labels that are right, in %. */
    private static double accuracy(String kind, Task task, int steps, Seed seed) {
        LabelledStream stream = task.training;
        Network network = Network.of(kind, stream.width(), 64, stream.classes(), seed);
        Fit.of(steps, 5e-3)
                .train(
                        network,
                        step -> {
                            var pieces = stream.draw(16, LENGTH, seed.at((int) step));
                            return CrossEntropy.mean(
                                    network.answers(pieces.x()), pieces.labels(), 0);
                        });
        var test = task.heldOut.first(100, 2 * LENGTH);
        return Share.right(network.answers(test.x()).argMax(), test.labels());
    }
}
