package dev.unroll.backend.scalar;

import static dev.unroll.memory.ArrayBuffer.floats;

import dev.unroll.backend.View;
import java.util.Arrays;

/** Group norm and its derivative, one group of one item after another. */
final class ScalarGroupNorm {
    private ScalarGroupNorm() {}

    static void forward(
            View x, View gain, View bias, float epsilon, View y, View mean, View inverse) {
        float[] in = floats(x.buffer());
        float[] g = floats(gain.buffer());
        float[] b = floats(bias.buffer());
        float[] out = floats(y.buffer());
        int channels = x.dim(2);
        int groups = mean.dim(1);
        int width = channels / groups;
        int n = x.dim(1) * width;
        for (int i = 0; i < mean.size(); i++) {
            int first = i % groups * width;
            int start = i / groups * x.dim(1) * channels + first;
            double sum = 0;
            for (int j = 0; j < n; j++) {
                sum += in[x.offset() + start + j / width * channels + j % width];
            }
            double centre = sum / n;
            double squares = 0;
            for (int j = 0; j < n; j++) {
                double d = in[x.offset() + start + j / width * channels + j % width] - centre;
                squares += d * d;
            }
            double r = 1 / Math.sqrt(squares / n + epsilon);
            for (int j = 0; j < n; j++) {
                int at = start + j / width * channels + j % width;
                int c = first + j % width;
                out[y.offset() + at] =
                        (float) ((in[x.offset() + at] - centre) * r * g[gain.offset() + c])
                                + b[bias.offset() + c];
            }
            floats(mean.buffer())[mean.offset() + i] = (float) centre;
            floats(inverse.buffer())[inverse.offset() + i] = (float) r;
        }
    }

    static void backward(
            View x, View gain, View mean, View inverse, View dy, View dx, View dgain, View dbias) {
        float[] in = floats(x.buffer());
        float[] g = floats(gain.buffer());
        float[] up = floats(dy.buffer());
        float[] out = floats(dx.buffer());
        float[] toGain = floats(dgain.buffer());
        float[] toBias = floats(dbias.buffer());
        int channels = x.dim(2);
        int groups = mean.dim(1);
        int width = channels / groups;
        int n = x.dim(1) * width;
        Arrays.fill(toGain, dgain.offset(), dgain.offset() + channels, 0);
        Arrays.fill(toBias, dbias.offset(), dbias.offset() + channels, 0);
        for (int i = 0; i < mean.size(); i++) {
            float centre = floats(mean.buffer())[mean.offset() + i];
            float r = floats(inverse.buffer())[inverse.offset() + i];
            int first = i % groups * width;
            int start = i / groups * x.dim(1) * channels + first;
            double sum = 0;
            double dot = 0;
            for (int j = 0; j < n; j++) {
                int at = start + j / width * channels + j % width;
                int c = first + j % width;
                float normal = (in[x.offset() + at] - centre) * r;
                float d = up[dy.offset() + at];
                toGain[dgain.offset() + c] += d * normal;
                toBias[dbias.offset() + c] += d;
                sum += d * g[gain.offset() + c];
                dot += d * g[gain.offset() + c] * normal;
            }
            for (int j = 0; j < n; j++) {
                int at = start + j / width * channels + j % width;
                float normal = (in[x.offset() + at] - centre) * r;
                float d = up[dy.offset() + at] * g[gain.offset() + first + j % width];
                out[dx.offset() + at] = (float) (r * (d - sum / n - normal * dot / n));
            }
        }
    }
}
