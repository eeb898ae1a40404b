package dev.unroll.lab.site;

import dev.unroll.lab.Experiment;
import dev.unroll.lab.experiments.AttentionScores;
import dev.unroll.lab.experiments.BlindToOrder;
import dev.unroll.lab.experiments.Bottleneck;
import dev.unroll.lab.experiments.Clipping;
import dev.unroll.lab.experiments.Drawbacks;
import dev.unroll.lab.experiments.Forgetting;
import dev.unroll.lab.experiments.Highway;
import dev.unroll.lab.experiments.Independence;
import dev.unroll.lab.experiments.LongMemory;
import dev.unroll.lab.experiments.LongMemoryFull;
import dev.unroll.lab.experiments.LstmAblation;
import dev.unroll.lab.experiments.NextToken;
import dev.unroll.lab.experiments.OneAfterAnother;
import dev.unroll.lab.experiments.Polynomial;
import dev.unroll.lab.experiments.PositionsMatter;
import dev.unroll.lab.experiments.RecallFull;
import dev.unroll.lab.experiments.RecallSmall;
import dev.unroll.lab.experiments.ReluGate;
import dev.unroll.lab.experiments.ResidualDepth;
import dev.unroll.lab.experiments.SelectiveCopyFull;
import dev.unroll.lab.experiments.Shapes;
import dev.unroll.lab.experiments.Sparsity;
import dev.unroll.lab.experiments.Square;
import dev.unroll.lab.experiments.WarmUp;
import dev.unroll.lab.experiments.Widths;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The experiments, in the order of the page. */
public final class Experiments {
    /** All experiments. */
    public static final List<Experiment> ALL =
            List.of(
                    new Independence(),
                    new Shapes(),
                    new Forgetting(),
                    new Polynomial(),
                    new Clipping(),
                    new Highway(),
                    new LongMemory(),
                    new Bottleneck(),
                    new OneAfterAnother(),
                    new Drawbacks(),
                    new LstmAblation(),
                    new ReluGate(),
                    new Widths(),
                    new NextToken(),
                    new AttentionScores(),
                    new ResidualDepth(),
                    new WarmUp(),
                    new BlindToOrder(),
                    new PositionsMatter(),
                    new Square(),
                    new Sparsity());

    /** Experiments that take longer: run by name alone, their results recorded on the page. */
    public static final List<Experiment> LONG =
            List.of(
                    new LongMemoryFull(),
                    new RecallSmall(),
                    new RecallFull(),
                    new SelectiveCopyFull());

    private Experiments() {}

    /**
     * {@return the experiment of this name}
     *
     * @throws IllegalArgumentException if there is none; the message lists those there are
     */
    public static Experiment named(String name) {
        List<Experiment> there = Stream.concat(ALL.stream(), LONG.stream()).toList();
        return there.stream()
                .filter(experiment -> experiment.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(name, there));
    }

    private static IllegalArgumentException unknown(String name, List<Experiment> there) {
        return new IllegalArgumentException(
                "there is no experiment '%s'; there are: %s"
                        .formatted(
                                name,
                                there.stream()
                                        .map(Experiment::name)
                                        .collect(Collectors.joining(", "))));
    }
}
