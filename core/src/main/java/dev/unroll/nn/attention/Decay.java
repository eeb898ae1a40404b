package dev.unroll.nn.attention;

import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.Linear;
import dev.unroll.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How {@link LinearAttention} forgets the past: at each token and in each head, all that was kept
 * before it is multiplied by a number g in [0, 1].
 */
public interface Decay {

    /** The kinds of decay. */
    enum Kind {
        /** {@link Decay.None} */
        NONE,
        /** {@link Decay.Constant} */
        CONSTANT,
        /** {@link Decay.Gated} */
        GATED
    }

    /**
     * A decay of a kind, with first weights.
     *
     * @param width of the tokens' rows
     */
    static Decay of(Kind kind, int width, int heads, Seed seed) {
        return switch (kind) {
            case NONE -> new None();
            case CONSTANT -> Constant.of(heads);
            case GATED -> Gated.of(width, heads, seed);
        };
    }

    /**
     * ln g of each token and head.
     *
     * @param x [tokens, width]
     * @return [tokens, heads], or [1, heads] if it is the same for all tokens; null if g is 1
     */
    @Nullable Tensor logarithms(Tensor x);

    /**
     * Refuses what does not fit an attention.
     *
     * @param width of the tokens' rows
     * @throws IllegalArgumentException if so
     */
    default void require(int width, int heads) {}

    /** Nothing is forgotten (Katharopoulos et al. 2020). */
    record None() implements Decay {
        @Override
        public @Nullable Tensor logarithms(Tensor x) {
            return null;
        }
    }

    /**
     * One number for each head, as in RetNet.
     *
     * @param decays of the heads, in (0, 1]
     */
    record Constant(List<Double> decays) implements Decay {
        public Constant {
            decays = List.copyOf(decays);
            for (double decay : decays) {
                if (!(decay > 0 && decay <= 1)) {
                    throw new IllegalArgumentException(
                            "decays: above 0 and at most 1, not " + decay);
                }
            }
        }

        /** RetNet's: 1 − 2^(−5−h) in head h = 0, 1, ... (Sun et al. 2023, eq. 8). */
        public static Constant of(int heads) {
            return new Constant(
                    IntStream.range(0, heads).mapToObj(h -> 1 - Math.pow(2, -5 - h)).toList());
        }

        @Override
        public Tensor logarithms(Tensor x) {
            float[] logs = new float[decays.size()];
            for (int h = 0; h < logs.length; h++) {
                logs[h] = (float) Math.log(decays.get(h));
            }
            return Tensor.of(logs, 1, logs.length);
        }

        @Override
        public void require(int width, int heads) {
            if (decays.size() != heads) {
                throw new IllegalArgumentException(
                        "linear attention: %d decays for %d heads: one each"
                                .formatted(decays.size(), heads));
            }
        }
    }

    /**
     * A number for each token and head, made from the token: g = σ(x·W + b)^(1/16), a scalar gate
     * as in Mamba-2 (Dao and Gu 2024) with the form and the sixteenth root of gated linear
     * attention (Yang et al. 2024, section 4.4), by which the past is kept for long at first.
     *
     * @param projection [width, heads]
     */
    record Gated(Linear projection) implements Decay {
        private static final float ROOT = 16;

        /** First weights. */
        public static Gated of(int width, int heads, Seed seed) {
            return new Gated(Linear.of(width, heads, seed.at("projection")));
        }

        @Override
        public Tensor logarithms(Tensor x) {
            return projection.forward(x).negate().softplus().times(-1 / ROOT); // ln σ(a)/16
        }

        @Override
        public void require(int width, int heads) {
            if (projection.in() != width || projection.out() != heads) {
                throw new IllegalArgumentException(
                        "linear attention: the gate's weights %s: [%d, %d] for rows of %d numbers and %d heads"
                                .formatted(
                                        projection.weight().shape(), width, heads, width, heads));
            }
        }
    }
}
