package dev.unroll.nn.layers;

import dev.unroll.nn.Seed;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Rotary;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The encoding of the tokens' order in a Transformer, without which attention sees a bag of tokens.
 * Some kinds add numbers to the embeddings, one rotates queries and keys.
 */
public interface Positions {

    /** The kinds of encoding. */
    enum Kind {
        /** {@link Sinusoidal} */
        SINUSOIDAL,
        /** {@link Learned} */
        LEARNED,
        /** {@link RotaryPositions} */
        ROTARY,
        /** {@link NoPositions} */
        NONE
    }

    /** An encoding of a kind. */
    static Positions of(Kind kind, int width, int maxLength, Seed seed) {
        return switch (kind) {
            case SINUSOIDAL -> new Sinusoidal(width, true, 0);
            case LEARNED -> new Learned(seed.normal(0.02, maxLength, width));
            case ROTARY -> new RotaryPositions(10_000, false);
            case NONE -> new NoPositions();
        };
    }

    /**
     * Adds the encoding to embeddings [tokens, width] at these positions [tokens]; by default
     * nothing.
     */
    default Tensor addTo(Tensor embeddings, int[] positions) {
        return embeddings;
    }

    /**
     * Rotates queries or keys [tokens, heads·width] at these positions [tokens]; by default not at
     * all.
     */
    default Tensor rotate(Tensor x, int[] positions, int heads) {
        return x;
    }

    /** {@return how many tokens a sequence may have at most; by default any number} */
    default int longest() {
        return Integer.MAX_VALUE;
    }

    /** Adds the encoding to whole sequences, each counted from 0. */
    default Sequences addTo(Sequences embeddings) {
        return embeddings.with(addTo(embeddings.rows(), embeddings.layout().positions()));
    }

    /**
     * Sines and cosines of falling frequencies (Vaswani et al. 2017, section 3.5): PE(t, 2i) =
     * sin(t/10000^(2i/width)), PE(t, 2i + 1) = cos(t/10000^(2i/width)).
     *
     * @param width even
     * @param interleaved sine and cosine side by side, as in the paper; else all sines first
     * @param first number of the first position: 0, or 1 in OpenNMT
     */
    record Sinusoidal(int width, boolean interleaved, int first) implements Positions {
        public Sinusoidal {
            if (width < 2 || width % 2 != 0) {
                throw new IllegalArgumentException(
                        "sines and cosines come in pairs, and the width is " + width);
            }
        }

        @Override
        public Tensor addTo(Tensor embeddings, int[] positions) {
            return embeddings.plus(table(positions));
        }

        /** [positions.length, width]. */
        public Tensor table(int... positions) {
            int half = width / 2;
            // all sines first divides the octaves by half − 1, as tensor2tensor did
            double last = interleaved ? half : Math.max(1, half - 1);
            double[] frequencies = new double[half];
            Arrays.setAll(frequencies, i -> Math.pow(10_000, -i / last));
            float[] values = new float[positions.length * width];
            Map<Integer, Integer> rows = new HashMap<>(); // sequences repeat their positions
            for (int t = 0; t < positions.length; t++) {
                int row = t * width;
                Integer same = rows.putIfAbsent(positions[t], row);
                if (same != null) {
                    System.arraycopy(values, same, values, row, width);
                    continue;
                }
                for (int i = 0; i < half; i++) {
                    double angle = (positions[t] + first) * frequencies[i];
                    values[row + (interleaved ? 2 * i : i)] = (float) Math.sin(angle);
                    values[row + (interleaved ? 2 * i + 1 : half + i)] = (float) Math.cos(angle);
                }
            }
            return Tensor.of(values, positions.length, width);
        }
    }

    /**
     * A learnt row for each position (Gehring et al. 2017, section 3.1).
     *
     * @param weight [longest, width]
     */
    record Learned(Parameter weight) implements Positions {
        @Override
        public int longest() {
            return weight.shape().dim(0);
        }

        @Override
        public Tensor addTo(Tensor embeddings, int[] positions) {
            for (int position : positions) {
                if (position >= weight.shape().dim(0)) {
                    throw new IllegalArgumentException(
                            "position %d: positions were learnt only up to %d"
                                    .formatted(position, weight.shape().dim(0) - 1));
                }
            }
            return embeddings.plus(weight.value().gather(positions));
        }
    }

    /**
     * Queries and keys rotate with their position, so that their product depends on the distance
     * (Su et al. 2021, eq. 34).
     *
     * @param base 10,000 in the paper
     * @param interleaved neighbours rotate together, as in the paper; else halves, as in GPT-NeoX
     */
    record RotaryPositions(float base, boolean interleaved) implements Positions {
        @Override
        public Tensor rotate(Tensor x, int[] positions, int heads) {
            int width = x.dim(1) / heads;
            return Rotary.rotate(x, positions, heads, width, base, interleaved);
        }
    }

    /** None: the order of the tokens is unknown, except through a causal mask. */
    record NoPositions() implements Positions {}
}
