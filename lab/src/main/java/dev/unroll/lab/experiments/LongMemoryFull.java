package dev.unroll.lab.experiments;

import dev.unroll.lab.Experiment;
import dev.unroll.lab.Finding;
import dev.unroll.lab.Trials;
import dev.unroll.lab.kit.AddingProblem;
import dev.unroll.lab.kit.CopyMemory;
import dev.unroll.lab.kit.Fit;
import dev.unroll.lab.kit.Network;
import dev.unroll.nn.Seed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Adding over 600 steps and copying over 1,000, in the sizes of Bai et al. (2018): about 70,000
 * weights for adding and 16,000 for copying, batches of 32, one seed.
 */
public final class LongMemoryFull implements Experiment {
    /** The width of each network for about 70,000 weights, and for about 16,000. */
    private static final Map<String, List<Integer>> WIDTHS =
            Map.of(
                    "elman", List.of(262, 118),
                    "lstm", List.of(130, 58),
                    "gru", List.of(151, 67),
                    "transformer", List.of(76, 36));

    /** Passes of the recurrent networks over 50,000 additions; the Transformer makes one. */
    private static final int PASSES = 3;

    @Override
    public String name() {
        return "long-memory-full";
    }

    @Override
    public Finding run(Trials trials) {
        int addingLength = trials.pick(600, 20);
        int blank = trials.pick(1_000, 20);
        int pass = trials.pick(1_563, 30); // 50,000 sequences
        int copyingSteps = trials.pick(1_000, 30);
        Seed seed = new Seed(trials.seeds().getFirst());
        List<List<String>> rows = new ArrayList<>();
        Map<String, Double> losses = new HashMap<>();
        Finding finding = new Finding();
        for (String kind : List.of("gru", "lstm", "elman", "transformer")) {
            int wide = WIDTHS.getOrDefault(kind, List.of()).getFirst();
            int narrow = WIDTHS.getOrDefault(kind, List.of()).getLast();
            int passes = kind.equals("transformer") ? 1 : PASSES;
            long start = System.nanoTime();
            double adding =
                    AddingProblem.errorAfter(
                            Fit.of(passes * pass, 2e-3),
                            Network.of(kind, 2, wide, 1, seed),
                            addingLength,
                            seed);
            long middle = System.nanoTime();
            int width = CopyMemory.WIDTH;
            double copying =
                    CopyMemory.lossAfter(
                            Fit.of(copyingSteps, 2e-3),
                            Network.of(kind, width, narrow, width, seed),
                            10,
                            blank,
                            100,
                            seed);
            losses.put(kind, copying);
            String addingMinutes = Finding.digits((middle - start) / 60e9);
            String copyingMinutes = Finding.digits((System.nanoTime() - middle) / 60e9);
            rows.add(
                    List.of(
                            kind,
                            Integer.toString(passes),
                            Finding.digits(adding),
                            addingMinutes,
                            Finding.digits(copying),
                            copyingMinutes));
            System.err.println(rows.getLast());
            finding.number(kind + ".adding", adding).number(kind + ".copying", copying);
        }
        return finding.table(
                        List.of(
                                "network",
                                "passes of adding",
                                "adding, squared error",
                                "minutes",
                                "copying, nats",
                                "minutes"),
                        rows)
                .effect(
                        "The Transformer copies with a lower loss than the Elman network",
                        losses.getOrDefault("transformer", 9.0)
                                < losses.getOrDefault("elman", 0.0));
    }
}
