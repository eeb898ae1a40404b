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

    @Override
    public String name() {
        return "long-memory-full";
    }

    @Override
    public Finding run(Trials trials) {
        int addingLength = trials.pick(600, 20);
        int blank = trials.pick(1_000, 20);
        int addingSteps = trials.pick(1_563, 30); // 50,000 sequences
        int copyingSteps = trials.pick(1_000, 30);
        Seed seed = new Seed(trials.seeds().getFirst());
        List<List<String>> rows = new ArrayList<>();
        Finding finding = new Finding();
        for (String kind : List.of("gru", "lstm", "elman", "transformer")) {
            int wide = WIDTHS.getOrDefault(kind, List.of()).getFirst();
            int narrow = WIDTHS.getOrDefault(kind, List.of()).getLast();
            long start = System.nanoTime();
            double adding =
                    adding(Network.of(kind, 2, wide, 1, seed), addingLength, addingSteps, seed);
            long middle = System.nanoTime();
            int width = CopyMemory.WIDTH;
            double copying =
                    copying(
                            Network.of(kind, width, narrow, width, seed),
                            blank,
                            copyingSteps,
                            seed);
            String addingMinutes = Finding.digits((middle - start) / 60e9);
            String copyingMinutes = Finding.digits((System.nanoTime() - middle) / 60e9);
            rows.add(
                    List.of(
                            kind,
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
                                "adding, squared error",
                                "minutes",
                                "copying, nats",
                                "minutes"),
                        rows)
                .effect("All four networks were trained", rows.size() == 4);
    }

    private static double adding(Network network, int length, int steps, Seed seed) {
        Fit.of(steps, 2e-3)
                .train(
                        network,
                        step -> {
                            AddingProblem batch =
                                    AddingProblem.of(32, length, seed.at((int) step).key());
                            return batch.loss(network.answer(batch.inputs()));
                        });
        AddingProblem test = AddingProblem.of(500, length, seed.at("test").key());
        return test.loss(network.answer(test.inputs())).item();
    }

    private static double copying(Network network, int blank, int steps, Seed seed) {
        Fit.of(steps, 2e-3)
                .train(
                        network,
                        step -> {
                            CopyMemory batch =
                                    CopyMemory.of(32, 10, blank, seed.at((int) step).key());
                            return batch.loss(network.answers(batch.inputs()));
                        });
        CopyMemory test = CopyMemory.of(100, 10, blank, seed.at("test").key());
        return test.loss(network.answers(test.inputs())).item();
    }
}
