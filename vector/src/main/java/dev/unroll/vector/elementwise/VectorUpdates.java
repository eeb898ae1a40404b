package dev.unroll.vector.elementwise;

import static dev.unroll.memory.ArrayBuffer.floats;
import static dev.unroll.vector.base.Species.L;
import static dev.unroll.vector.base.Species.S;

import dev.unroll.backend.Updates;
import dev.unroll.backend.View;
import dev.unroll.vector.base.Workers;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Steps of optimisers, bound by memory: Adam reads four arrays and writes three, 28 bytes a weight;
 * gradient descent with momentum reads three and writes two, 20 bytes.
 */
public final class VectorUpdates implements Updates {
    /** Numbers that are worth a thread. */
    private static final int LEAST = 1 << 14;

    /** Numbers whose squares are summed together; the sums are then added in order. */
    private static final int BLOCK = 1 << 12;

    private final Workers workers;

    public VectorUpdates(Workers workers) {
        this.workers = workers;
    }

    @Override
    public double sumOfSquares(View x) {
        float[] in = floats(x.buffer());
        int n = x.size();
        int blocks = (n + BLOCK - 1) / BLOCK;
        double[] sums = new double[blocks];
        workers.ranges(
                blocks,
                LEAST / BLOCK,
                (from, to) -> {
                    for (int b = from; b < to; b++) {
                        int end = Math.min(n, (b + 1) * BLOCK);
                        sums[b] = squares(in, x.offset() + b * BLOCK, x.offset() + end);
                    }
                });
        double sum = 0;
        for (double s : sums) {
            sum += s;
        }
        return sum;
    }

    private static double squares(float[] in, int from, int to) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = from;
        for (; i + 4 <= to; i += 4) {
            a += (double) in[i] * in[i];
            b += (double) in[i + 1] * in[i + 1];
            c += (double) in[i + 2] * in[i + 2];
            d += (double) in[i + 3] * in[i + 3];
        }
        for (; i < to; i++) {
            a += (double) in[i] * in[i];
        }
        return (a + b) + (c + d);
    }

    @Override
    public void adam(Adam how, View w, View gradient, View m, View v) {
        workers.ranges(w.size(), LEAST, (from, to) -> adam(how, w, gradient, m, v, from, to));
    }

    private static void adam(
            Adam how, View weight, View gradient, View mean, View square, int from, int to) {
        float[] w = floats(weight.buffer());
        float[] g = floats(gradient.buffer());
        float[] m = floats(mean.buffer());
        float[] v = floats(square.buffer());
        int wAt = weight.offset();
        int gAt = gradient.offset();
        int mAt = mean.offset();
        int vAt = square.offset();
        // m/bias1 / (√(v/bias2) + ε) = rate'·m / (√v + ε') with the corrections moved out
        double root = Math.sqrt(1 - Math.pow(how.beta2(), how.step()));
        float rate = (float) (how.rate() * root / (1 - Math.pow(how.beta1(), how.step())));
        float epsilon = (float) (how.epsilon() * root);
        float kept = 1 - how.rate() * how.decay();
        float limit = how.gradientLimit();
        for (int i = from; i < to; i += L) {
            VectorMask<Float> in = S.indexInRange(i, to);
            FloatVector d =
                    FloatVector.fromArray(S, g, gAt + i, in)
                            .mul(how.gradientScale())
                            .min(limit)
                            .max(-limit);
            FloatVector m1 =
                    FloatVector.fromArray(S, m, mAt + i, in)
                            .mul(how.beta1())
                            .add(d.mul(1 - how.beta1()));
            FloatVector v1 =
                    FloatVector.fromArray(S, v, vAt + i, in)
                            .mul(how.beta2())
                            .add(d.mul(d).mul(1 - how.beta2()));
            FloatVector step = m1.mul(rate).div(v1.sqrt().add(epsilon));
            FloatVector w1 = FloatVector.fromArray(S, w, wAt + i, in).mul(kept).sub(step);
            m1.intoArray(m, mAt + i, in);
            v1.intoArray(v, vAt + i, in);
            w1.intoArray(w, wAt + i, in);
        }
    }

    @Override
    public void momentum(Momentum how, View w, View gradient, View velocity) {
        workers.ranges(
                w.size(),
                LEAST,
                (from, to) -> momentum(how, w, gradient, velocity, from, to - from));
    }

    private static void momentum(
            Momentum how, View weights, View gradient, View velocity, int from, int n) {
        float[] w = floats(weights.buffer());
        float[] g = floats(gradient.buffer());
        float[] v = floats(velocity.buffer());
        int wAt = weights.offset() + from;
        int gAt = gradient.offset() + from;
        int vAt = velocity.offset() + from;
        float limit = how.gradientLimit();
        for (int i = 0; i < n; i += L) {
            VectorMask<Float> in = S.indexInRange(i, n);
            FloatVector weight = FloatVector.fromArray(S, w, wAt + i, in);
            FloatVector d =
                    FloatVector.fromArray(S, g, gAt + i, in)
                            .mul(how.gradientScale())
                            .min(limit)
                            .max(-limit)
                            .add(weight.mul(how.decay()));
            FloatVector next = FloatVector.fromArray(S, v, vAt + i, in).mul(how.momentum()).add(d);
            FloatVector step = how.nesterov() ? d.add(next.mul(how.momentum())) : next;
            next.intoArray(v, vAt + i, in);
            weight.sub(step.mul(how.rate())).intoArray(w, wAt + i, in);
        }
    }
}
