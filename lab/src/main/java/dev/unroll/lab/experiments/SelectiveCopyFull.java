package dev.unroll.lab.experiments;

import dev.unroll.lab.Experiment;
import dev.unroll.lab.Finding;
import dev.unroll.lab.Trials;
import dev.unroll.lab.kit.Mixer;
import dev.unroll.lab.kit.RecallMixers;
import dev.unroll.lab.kit.RecallTraining;
import dev.unroll.lab.kit.RecallTrials;
import dev.unroll.lab.kit.SelectiveCopy;
import java.util.ArrayList;
import java.util.List;

/**
 * Selective copying (Gu and Dao 2023, section 4.1.1): 16 symbols of 14 kinds among noise, two
 * layers of width 64. The sequences have 256 tokens instead of 4,096.
 */
public final class SelectiveCopyFull implements Experiment {
    @Override
    public String name() {
        return "selective-copying-full";
    }

    @Override
    public Finding run(Trials trials) {
        SelectiveCopy task =
                trials.quick() ? new SelectiveCopy(4, 2, 12) : new SelectiveCopy(14, 16, 224);
        int w = trials.pick(32, 4);
        RecallTraining training =
                new RecallTraining(
                        task,
                        trials.pick(20_000, 4_000),
                        trials.pick(500, 200),
                        trials.pick(16, 64),
                        trials.pick(16, 8));
        List<Double> rates = trials.quick() ? List.of(5e-3) : List.of(3e-3, 1e-3);
        RecallTrials copying = new RecallTrials(training, rates, trials.seeds().subList(0, 1));
        List<Mixer.Named> mixers = new ArrayList<>(List.of(RecallMixers.dense()));
        mixers.add(RecallMixers.window(w));
        if (!trials.quick()) {
            mixers.add(RecallMixers.composed(w, task.symbols()).getLast());
            mixers.addAll(RecallMixers.linear());
        }
        mixers.addAll(RecallMixers.cells().subList(0, trials.pick(RecallMixers.cells().size(), 1)));
        List<RecallTrials.Row> rows =
                mixers.stream().map(m -> copying.run(m, trials.pick(64, 32))).toList();
        int reach = 2 * (w - 1); // of two layers
        double far = copying.right(rows.get(1), gap -> gap > reach).median();
        double all = copying.right(rows.getFirst(), gap -> gap > reach).median();
        Finding finding =
                new Finding()
                        .table(RecallTrials.HEADER, rows.stream().map(r -> r.cells()).toList());
        return finding.number("guess", 100.0 / task.kinds())
                .number("symbols", task.symbols())
                .number("length", task.length())
                .number("window", w)
                .number("window.far", far)
                .number("dense.far", all)
                .effect(
                        "Beyond the reach of two layers of a window, hardly more symbols are copied than a guess has right",
                        far < 150.0 / task.kinds());
    }
}
