package dev.unroll.backend.scalar;

import static dev.unroll.memory.ArrayBuffer.floats;

import dev.unroll.backend.Products;
import dev.unroll.backend.View;

final class ScalarProducts implements Products {

    @Override
    public void matmul(View a, View b, View c, boolean accumulate) {
        if (c.rank() == 2) {
            product(a, a.offset(), b, b.offset(), c, c.offset(), accumulate);
            return;
        }
        for (int s = 0; s < c.dim(0); s++) {
            product(
                    a,
                    a.offset() + s * a.strides()[0],
                    b,
                    b.offset() + s * b.strides()[0],
                    c,
                    c.offset() + s * c.strides()[0],
                    accumulate);
        }
    }

    @Override
    public void linear(View a, View b, View bias, View c) {
        float[] from = floats(bias.buffer());
        float[] to = floats(c.buffer());
        for (int i = 0; i < c.dim(0); i++) {
            for (int j = 0; j < c.dim(1); j++) {
                to[c.offset() + i * c.strides()[0] + j] =
                        from[bias.offset() + j * bias.strides()[0]];
            }
        }
        matmul(a, b, c, true);
    }

    private static void product(
            View a, int aAt, View b, int bAt, View c, int cAt, boolean accumulate) {
        float[] left = floats(a.buffer());
        float[] right = floats(b.buffer());
        float[] out = floats(c.buffer());
        int r = c.rank();
        int[] as = a.strides();
        int[] bs = b.strides();
        int[] cs = c.strides();
        for (int i = 0; i < c.dim(-2); i++) {
            for (int j = 0; j < c.dim(-1); j++) {
                int to = cAt + i * cs[r - 2] + j * cs[r - 1];
                float sum = accumulate ? out[to] : 0;
                for (int k = 0; k < a.dim(-1); k++) {
                    sum +=
                            left[aAt + i * as[r - 2] + k * as[r - 1]]
                                    * right[bAt + k * bs[r - 2] + j * bs[r - 1]];
                }
                out[to] = sum;
            }
        }
    }
}
