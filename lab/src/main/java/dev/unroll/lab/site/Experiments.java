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
import dev.unroll.lab.experiments.LstmAblation;
import dev.unroll.lab.experiments.NextToken;
import dev.unroll.lab.experiments.OneAfterAnother;
import dev.unroll.lab.experiments.Polynomial;
import dev.unroll.lab.experiments.PositionsMatter;
import dev.unroll.lab.experiments.ReluGate;
import dev.unroll.lab.experiments.ResidualDepth;
import dev.unroll.lab.experiments.Shapes;
import dev.unroll.lab.experiments.Square;
import dev.unroll.lab.experiments.WarmUp;
import dev.unroll.lab.experiments.Widths;
import java.util.List;

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
                    new Square());

    private Experiments() {}

    /**
     * {@return the experiment of this name}
     *
     * @throws IllegalArgumentException if there is none; the message lists those there are
     */
    public static Experiment named(String name) {
        return ALL.stream()
                .filter(experiment -> experiment.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "there is no experiment '%s'; there are: %s"
                                                .formatted(
                                                        name,
                                                        String.join(
                                                                ", ",
                                                                ALL.stream()
                                                                        .map(Experiment::name)
                                                                        .toList()))));
    }
}
