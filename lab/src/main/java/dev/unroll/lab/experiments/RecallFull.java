package dev.unroll.lab.experiments;

import dev.unroll.lab.Experiment;
import dev.unroll.lab.Finding;
import dev.unroll.lab.Trials;
import dev.unroll.lab.kit.AssociativeRecall;
import dev.unroll.lab.kit.Mixer;
import dev.unroll.lab.kit.RecallMixers;
import dev.unroll.lab.kit.RecallTraining;
import dev.unroll.lab.kit.RecallTrials;
import java.util.ArrayList;
import java.util.List;

/**
 * Multi-query associative recall in the sizes of Arora et al. (2023), figure 2: 8,192 tokens, two
 * layers with one head and no feed-forward part, sequences of 64, 128 and 256 with 4, 8 and 16
 * pairs; 20,000 examples instead of 100,000, at most 16 passes instead of 64, one seed.
 */
public final class RecallFull implements Experiment {
    private static final List<AssociativeRecall> TASKS =
            List.of(
                    new AssociativeRecall(8_192, 64, 4),
                    new AssociativeRecall(8_192, 128, 8),
                    new AssociativeRecall(8_192, 256, 16));

    /** Tokens of a step. */
    private static final int BATCH = 4_096;

    @Override
    public String name() {
        return "recall-full";
    }

    @Override
    public Finding run(Trials trials) {
        List<AssociativeRecall> tasks =
                trials.quick() ? List.of(new AssociativeRecall(32, 16, 2)) : TASKS;
        List<List<String>> table = new ArrayList<>();
        List<Double> dense = new ArrayList<>();
        List<Double> window = new ArrayList<>();
        for (AssociativeRecall task : tasks) {
            int w = 2 * task.pairs();
            RecallTraining training =
                    new RecallTraining(
                            task,
                            trials.pick(20_000, 2_000),
                            trials.pick(1_000, 200),
                            trials.pick(BATCH / task.length(), 64),
                            trials.pick(16, 6));
            List<Double> rates = trials.quick() ? List.of(5e-3) : List.of(3e-3, 1e-3);
            RecallTrials recall = new RecallTrials(training, rates, trials.seeds().subList(0, 1));
            int narrow = trials.pick(64, 32);
            RecallTrials.Row all = recall.run(RecallMixers.dense(), narrow);
            RecallTrials.Row near = recall.run(RecallMixers.window(w), narrow);
            dense.add(all.right().median());
            window.add(recall.right(near, gap -> gap > 2 * (w - 1)).median());
            List<RecallTrials.Row> rows = new ArrayList<>(List.of(all, near));
            if (!trials.quick()) {
                for (Mixer.Named mixer : RecallMixers.composed(w, w)) {
                    rows.add(recall.run(mixer, narrow));
                }
                List<Mixer.Named> states = new ArrayList<>(RecallMixers.linear());
                states.addAll(RecallMixers.cells());
                for (Mixer.Named state : states) {
                    for (int width : new int[] {narrow, 2 * narrow}) {
                        rows.add(recall.run(state, width));
                    }
                }
            }
            for (RecallTrials.Row row : rows) {
                List<String> cells = new ArrayList<>(List.of(task.length() + ", " + task.pairs()));
                cells.addAll(row.cells());
                table.add(cells);
            }
        }
        List<String> header = new ArrayList<>(List.of("length, pairs"));
        header.addAll(RecallTrials.HEADER);
        double guess = 200.0 / tasks.getFirst().vocabulary();
        return new Finding()
                .table(header, table)
                .number("dense", lowest(dense))
                .number("window.far", window.stream().mapToDouble(x -> x).max().orElseThrow())
                .number("guess", guess)
                .effect(
                        "Attention to all tokens recalls more at every length than a window where the answer is out of reach",
                        lowest(dense)
                                > 4 * window.stream().mapToDouble(x -> x).max().orElseThrow());
    }

    private static double lowest(List<Double> shares) {
        return shares.stream().mapToDouble(x -> x).min().orElseThrow();
    }
}
