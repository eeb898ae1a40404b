package dev.unroll.lab.experiments;

import dev.unroll.chart.Axis;
import dev.unroll.chart.BarChart;
import dev.unroll.lab.Experiment;
import dev.unroll.lab.Finding;
import dev.unroll.lab.Spread;
import dev.unroll.lab.Trials;
import dev.unroll.lab.kit.AssociativeRecall;
import dev.unroll.lab.kit.Mixer;
import dev.unroll.lab.kit.RecallMixers;
import dev.unroll.lab.kit.RecallTraining;
import dev.unroll.lab.kit.RecallTrials;
import java.util.ArrayList;
import java.util.List;

/**
 * Multi-query associative recall in the small setting of the Zoology code: 256 tokens, sequences of
 * 64, 4 pairs, 10,000 examples; two layers of width 64 with one head and no feed-forward part.
 */
public final class RecallSmall implements Experiment {
    @Override
    public String name() {
        return "recall-small";
    }

    @Override
    public Finding run(Trials trials) {
        AssociativeRecall task =
                trials.quick()
                        ? new AssociativeRecall(32, 16, 2)
                        : new AssociativeRecall(256, 64, 4);
        int window = 2 * task.pairs();
        int reach = 2 * (window - 1); // of two layers
        int examples = trials.pick(10_000, 2_000);
        RecallTraining training =
                new RecallTraining(task, examples, trials.pick(1_000, 200), 64, trials.pick(12, 6));
        List<Double> rates = trials.quick() ? List.of(5e-3) : List.of(3e-3);
        RecallTrials recall = new RecallTrials(training, rates, trials.seeds());
        List<Spread> near = new ArrayList<>();
        List<Spread> far = new ArrayList<>();
        List<List<String>> table = new ArrayList<>();
        List<BarChart.Bar> bars = new ArrayList<>();
        for (Mixer.Named mixer : mixers(task, window, trials)) {
            RecallTrials.Row row = recall.run(mixer, trials.pick(64, 32));
            near.add(recall.right(row, gap -> gap <= reach));
            far.add(recall.right(row, gap -> gap > reach));
            bars.add(row.right().bar(mixer.name()));
            List<String> cells = new ArrayList<>(row.cells());
            cells.addAll(List.of(near.getLast().written(), far.getLast().written()));
            table.add(cells);
        }
        List<String> header = new ArrayList<>(RecallTrials.HEADER);
        header.addAll(List.of("gap up to " + reach, "larger gap"));
        double guess = 200.0 / task.vocabulary();
        Axis right = Axis.linear("right answers, %");
        return new Finding()
                .chart("recall-small", new BarChart("Recall of pairs", right, bars))
                .table(header, table)
                .number("window", window)
                .number("reach", reach)
                .number("guess", guess)
                .number("dense.far", far.get(0).median())
                .number("window.near", near.get(1).median())
                .number("window.far", far.get(1).median())
                .effect(
                        "Attention to all tokens recalls across gaps wider than two layers of a window reach",
                        far.get(0).low() > 4 * guess)
                .effect(
                        "Two layers of a window do not recall across gaps wider than they reach",
                        far.get(1).high() < 2 * guess);
    }

    private static List<Mixer.Named> mixers(AssociativeRecall task, int window, Trials trials) {
        List<Mixer.Named> mixers =
                new ArrayList<>(List.of(RecallMixers.dense(), RecallMixers.window(window)));
        if (!trials.quick()) {
            mixers.addAll(RecallMixers.composed(window, 2 * task.pairs()));
            mixers.addAll(RecallMixers.linear());
            mixers.addAll(RecallMixers.cells());
        }
        return mixers;
    }
}
