package dev.unroll.lab.kit;

import dev.unroll.nn.Seed;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import java.util.Random;

/** Symbols as rows with a single 1. */
public final class OneHot {
    private OneHot() {}

    /**
     * {@return sequences of equal length, rows [batch·length, symbols]}
     *
     * @param symbols how many there are
     * @param ids [batch][length], from 0
     */
    public static Sequences of(int symbols, int[][] ids) {
        int length = ids[0].length;
        float[] rows = new float[ids.length * length * symbols];
        for (int s = 0; s < ids.length; s++) {
            for (int t = 0; t < length; t++) {
                rows[(s * length + t) * symbols + ids[s][t]] = 1;
            }
        }
        return new Sequences(
                Tensor.of(rows, ids.length * length, symbols), Layout.even(ids.length, length));
    }

    /** {@return random symbols, [batch][length], from 0} */
    public static int[][] draw(int symbols, int batch, int length, Seed seed) {
        Random random = new Random(seed.key());
        int[][] ids = new int[batch][];
        for (int s = 0; s < batch; s++) {
            ids[s] = random.ints(length, 0, symbols).toArray();
        }
        return ids;
    }
}
