package dev.unroll.lab.kit;

import dev.unroll.nn.Seed;
import dev.unroll.tensor.CrossEntropy;
import java.util.Locale;
import java.util.function.BiFunction;

/**
 * Places to be labelled.
 *
 * @param name for people
 * @param training to learn from
 * @param heldOut to be measured on
 */
public record LabelTask(String name, LabelledStream training, LabelledStream heldOut) {
    private static final int LENGTH = 32;

    /** A task of 20,000 places to learn from and 6,000 to be measured on, which are made. */
    public static LabelTask made(String name, BiFunction<Integer, Seed, LabelledStream> stream) {
        return new LabelTask(
                name, stream.apply(20_000, new Seed(1)), stream.apply(6_000, new Seed(2)));
    }

    /** {@return the name in lower case, with hyphens} */
    public String key() {
        return name.toLowerCase(Locale.ROOT).replace(' ', '-');
    }

    /**
     * {@return the share of held-out labels, in %, that a network of 64 hidden numbers gets right}
     *
     * @param kind as in {@link Network#of(String, int, int, int, Seed)}
     * @param fit how it is trained, on pieces of 32 places
     */
    public double accuracy(String kind, Fit fit, Seed seed) {
        Network network = Network.of(kind, training.width(), 64, training.classes(), seed);
        fit.train(
                network,
                step -> {
                    var pieces = training.draw(16, LENGTH, seed.at((int) step));
                    return CrossEntropy.mean(network.answers(pieces.x()), pieces.labels(), 0);
                });
        var test = heldOut.first(100, 2 * LENGTH);
        return Share.right(network.answers(test.x()).argMax(), test.labels());
    }
}
