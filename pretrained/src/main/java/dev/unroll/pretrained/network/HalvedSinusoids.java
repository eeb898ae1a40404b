package dev.unroll.pretrained.network;

import dev.unroll.nn.layers.Positions;
import dev.unroll.tensor.Tensor;

/**
 * Sines in the first half of the width and cosines in the second, as in Marian (Junczys-Dowmunt et
 * al. 2018): PE(t, i) = sin(t/10000^(2i/width)), PE(t, width/2 + i) = cos(t/10000^(2i/width)).
 *
 * @param width even
 * @param longest the most tokens of a sequence
 */
public record HalvedSinusoids(int width, int longest) implements Positions {
    private static final double BASE = 10_000;

    /** Requires an even width. */
    public HalvedSinusoids {
        if (width < 2 || width % 2 != 0) {
            throw new IllegalArgumentException(
                    "sines and cosines come in pairs, and the width is " + width);
        }
    }

    @Override
    public Tensor addTo(Tensor embeddings, int[] positions) {
        return embeddings.plus(Tensor.of(table(positions), positions.length, width));
    }

    /** {@return the rows of these positions, [positions.length, width]} */
    public float[] table(int... positions) {
        int half = width / 2;
        float[] table = new float[positions.length * width];
        for (int t = 0; t < positions.length; t++) {
            if (positions[t] >= longest) {
                throw new IllegalArgumentException(
                        "position %d: the model has positions up to %d"
                                .formatted(positions[t], longest - 1));
            }
            for (int i = 0; i < half; i++) {
                double angle = positions[t] / Math.pow(BASE, 2.0 * i / width);
                table[t * width + i] = (float) Math.sin(angle);
                table[t * width + half + i] = (float) Math.cos(angle);
            }
        }
        return table;
    }
}
