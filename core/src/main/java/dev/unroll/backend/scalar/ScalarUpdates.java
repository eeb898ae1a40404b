package dev.unroll.backend.scalar;

import static dev.unroll.memory.ArrayBuffer.floats;

import dev.unroll.backend.Updates;
import dev.unroll.backend.View;

final class ScalarUpdates implements Updates {

    @Override
    public double sumOfSquares(View x) {
        float[] in = floats(x.buffer());
        double sum = 0;
        for (int i = 0; i < x.size(); i++) {
            double value = in[x.offset() + i];
            sum += value * value;
        }
        return sum;
    }

    @Override
    public void adam(Adam how, View w, View gradient, View m, View v) {
        float[] weight = floats(w.buffer());
        float[] g = floats(gradient.buffer());
        float[] mean = floats(m.buffer());
        float[] square = floats(v.buffer());
        double bias1 = 1 - Math.pow(how.beta1(), how.step());
        double bias2 = 1 - Math.pow(how.beta2(), how.step());
        for (int i = 0; i < w.size(); i++) {
            float d = limited(g[gradient.offset() + i], how.gradientScale(), how.gradientLimit());
            int im = m.offset() + i;
            int iv = v.offset() + i;
            int iw = w.offset() + i;
            mean[im] = how.beta1() * mean[im] + (1 - how.beta1()) * d;
            square[iv] = how.beta2() * square[iv] + (1 - how.beta2()) * d * d;
            double step = mean[im] / bias1 / (Math.sqrt(square[iv] / bias2) + how.epsilon());
            weight[iw] = (float) (weight[iw] * (1 - how.rate() * how.decay()) - how.rate() * step);
        }
    }

    @Override
    public void momentum(Momentum how, View w, View gradient, View velocity) {
        float[] weight = floats(w.buffer());
        float[] g = floats(gradient.buffer());
        float[] v = floats(velocity.buffer());
        for (int i = 0; i < w.size(); i++) {
            int iw = w.offset() + i;
            int iv = velocity.offset() + i;
            float d =
                    limited(g[gradient.offset() + i], how.gradientScale(), how.gradientLimit())
                            + how.decay() * weight[iw];
            v[iv] = how.momentum() * v[iv] + d;
            weight[iw] -= how.rate() * (how.nesterov() ? d + how.momentum() * v[iv] : v[iv]);
        }
    }

    private static float limited(float gradient, float scale, float limit) {
        return Math.clamp(gradient * scale, -limit, limit);
    }
}
