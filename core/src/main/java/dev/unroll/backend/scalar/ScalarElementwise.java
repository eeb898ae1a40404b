package dev.unroll.backend.scalar;

import static dev.unroll.memory.ArrayBuffer.floats;

import dev.unroll.backend.Binary;
import dev.unroll.backend.Elementwise;
import dev.unroll.backend.Reduction;
import dev.unroll.backend.UnaryFunction;
import dev.unroll.backend.View;
import dev.unroll.random.Noise;
import java.util.Arrays;

final class ScalarElementwise implements Elementwise {

    @Override
    public void fill(View y, float value) {
        float[] out = floats(y.buffer());
        int step = StridedWalk.step(y);
        StridedWalk.rows(
                (n, at) -> {
                    for (int i = 0; i < n; i++) {
                        out[at[0] + i * step] = value;
                    }
                },
                y);
    }

    @Override
    public void copy(View x, View y) {
        float[] in = floats(x.buffer());
        float[] out = floats(y.buffer());
        int from = StridedWalk.step(x);
        int to = StridedWalk.step(y);
        StridedWalk.rows(
                (n, at) -> {
                    for (int i = 0; i < n; i++) {
                        out[at[1] + i * to] = in[at[0] + i * from];
                    }
                },
                x,
                y);
    }

    @Override
    public void map(UnaryFunction f, View x, View y) {
        float[] in = floats(x.buffer());
        float[] out = floats(y.buffer());
        int from = StridedWalk.step(x);
        int to = StridedWalk.step(y);
        StridedWalk.rows(
                (n, at) -> {
                    for (int i = 0; i < n; i++) {
                        out[at[1] + i * to] = f.apply(in[at[0] + i * from]);
                    }
                },
                x,
                y);
    }

    @Override
    public void mapBackward(UnaryFunction f, View x, View y, View dy, View dx) {
        float[] in = floats(x.buffer());
        float[] result = floats(y.buffer());
        float[] up = floats(dy.buffer());
        float[] out = floats(dx.buffer());
        int sx = StridedWalk.step(x);
        int sy = StridedWalk.step(y);
        int su = StridedWalk.step(dy);
        int so = StridedWalk.step(dx);
        StridedWalk.rows(
                (n, at) -> {
                    for (int i = 0; i < n; i++) {
                        out[at[3] + i * so] =
                                f.backward(
                                        in[at[0] + i * sx],
                                        result[at[1] + i * sy],
                                        up[at[2] + i * su]);
                    }
                },
                x,
                y,
                dy,
                dx);
    }

    @Override
    public void map(Binary f, View a, View b, View y) {
        float[] left = floats(a.buffer());
        float[] right = floats(b.buffer());
        float[] out = floats(y.buffer());
        int sa = StridedWalk.step(a);
        int sb = StridedWalk.step(b);
        int sy = StridedWalk.step(y);
        StridedWalk.rows(
                (n, at) -> {
                    for (int i = 0; i < n; i++) {
                        out[at[2] + i * sy] = f.apply(left[at[0] + i * sa], right[at[1] + i * sb]);
                    }
                },
                a,
                b,
                y);
    }

    @Override
    public void affine(float scale, float shift, View x, View y) {
        float[] in = floats(x.buffer());
        float[] out = floats(y.buffer());
        int from = StridedWalk.step(x);
        int to = StridedWalk.step(y);
        StridedWalk.rows(
                (n, at) -> {
                    for (int i = 0; i < n; i++) {
                        out[at[1] + i * to] = scale * in[at[0] + i * from] + shift;
                    }
                },
                x,
                y);
    }

    @Override
    public void reduce(Reduction f, View x, View y) {
        float[] in = floats(x.buffer());
        double[] found = new double[y.size()]; // rounded once, at the end
        Arrays.fill(
                found,
                switch (f) {
                    case SUM -> 0;
                    case MAX -> Double.NEGATIVE_INFINITY;
                });
        View places = View.of(y.buffer(), y.dims());
        View spread = StridedWalk.spread(places, x);
        int from = StridedWalk.step(x);
        int to = StridedWalk.step(spread);
        StridedWalk.rows(
                (n, at) -> {
                    for (int i = 0; i < n; i++) {
                        int o = at[1] + i * to;
                        float value = in[at[0] + i * from];
                        found[o] =
                                switch (f) {
                                    case SUM -> found[o] + value;
                                    case MAX -> Math.max(found[o], value);
                                };
                    }
                },
                x,
                spread);
        float[] out = floats(y.buffer());
        int step = StridedWalk.step(y);
        StridedWalk.rows(
                (n, at) -> {
                    for (int i = 0; i < n; i++) {
                        out[at[0] + i * step] = (float) found[at[1] + i];
                    }
                },
                y,
                places);
    }

    @Override
    public void dropout(long key, float rate, View x, View y) {
        float[] in = floats(x.buffer());
        float[] out = floats(y.buffer());
        float kept = 1 / (1 - rate);
        for (int i = 0; i < x.size(); i++) {
            float value = in[x.offset() + i];
            out[y.offset() + i] = Noise.uniform(key, i) >= rate ? value * kept : 0;
        }
    }
}
