package dev.unroll.backend.scalar;

import static dev.unroll.memory.ArrayBuffer.floats;

import dev.unroll.backend.Normalisation;
import dev.unroll.backend.View;

final class ScalarNormalisation implements Normalisation {

    @Override
    public void softmax(View x, View y) {
        logSoftmax(x, y);
        float[] out = floats(y.buffer());
        for (int i = 0; i < y.size(); i++) {
            out[y.offset() + i] = (float) Math.exp(out[y.offset() + i]);
        }
    }

    @Override
    public void softmaxBackward(View y, View dy, View dx) {
        float[] p = floats(y.buffer());
        float[] up = floats(dy.buffer());
        float[] out = floats(dx.buffer());
        int width = y.dim(1);
        for (int i = 0; i < y.dim(0); i++) {
            float dot = 0;
            for (int j = 0; j < width; j++) {
                dot += p[y.offset() + i * width + j] * up[dy.offset() + i * width + j];
            }
            for (int j = 0; j < width; j++) {
                out[dx.offset() + i * width + j] =
                        p[y.offset() + i * width + j] * (up[dy.offset() + i * width + j] - dot);
            }
        }
    }

    @Override
    public void logSoftmax(View x, View y) {
        float[] in = floats(x.buffer());
        float[] out = floats(y.buffer());
        int width = x.dim(1);
        for (int i = 0; i < x.dim(0); i++) {
            double sum = logSum(in, x.offset() + i * width, width);
            for (int j = 0; j < width; j++) {
                out[y.offset() + i * width + j] = (float) (in[x.offset() + i * width + j] - sum);
            }
        }
    }

    /** ln Σ eˣ over n numbers, without overflow. */
    static double logSum(float[] x, int from, int n) {
        float max = Float.NEGATIVE_INFINITY;
        for (int j = 0; j < n; j++) {
            max = Math.max(max, x[from + j]);
        }
        if (max == Float.NEGATIVE_INFINITY) {
            return max;
        }
        double sum = 0;
        for (int j = 0; j < n; j++) {
            sum += Math.exp(x[from + j] - max);
        }
        return max + Math.log(sum);
    }

    @Override
    public void logSoftmaxBackward(View y, View dy, View dx) {
        float[] log = floats(y.buffer());
        float[] up = floats(dy.buffer());
        float[] out = floats(dx.buffer());
        int width = y.dim(1);
        for (int i = 0; i < y.dim(0); i++) {
            float sum = 0;
            for (int j = 0; j < width; j++) {
                sum += up[dy.offset() + i * width + j];
            }
            for (int j = 0; j < width; j++) {
                out[dx.offset() + i * width + j] =
                        up[dy.offset() + i * width + j]
                                - (float) Math.exp(log[y.offset() + i * width + j]) * sum;
            }
        }
    }

    @Override
    public void layerNorm(
            View x, View gain, View bias, float epsilon, View y, View mean, View inverse) {
        ScalarGroupNorm.forward(
                oneGroup(x), gain, bias, epsilon, oneGroup(y), perRow(mean), perRow(inverse));
    }

    @Override
    public void layerNormBackward(
            View x, View gain, View mean, View inverse, View dy, View dx, View dgain, View dbias) {
        ScalarGroupNorm.backward(
                oneGroup(x),
                gain,
                perRow(mean),
                perRow(inverse),
                oneGroup(dy),
                oneGroup(dx),
                dgain,
                dbias);
    }

    /** Rows [rows, width] as items of one place, for a norm of all channels in one group. */
    private static View oneGroup(View x) {
        return new View(
                x.buffer(), x.offset(), new int[] {x.dim(0), 1, x.dim(1)}, new int[] {0, 0, 1});
    }

    /** Numbers [rows] as [rows, 1]. */
    private static View perRow(View x) {
        return new View(x.buffer(), x.offset(), new int[] {x.dim(0), 1}, new int[] {1, 1});
    }

    @Override
    public void rmsNorm(View x, View gain, float epsilon, View y, View inverse) {
        float[] in = floats(x.buffer());
        float[] g = floats(gain.buffer());
        float[] out = floats(y.buffer());
        int width = x.dim(1);
        for (int i = 0; i < x.dim(0); i++) {
            double squares = 0;
            for (int j = 0; j < width; j++) {
                float value = in[x.offset() + i * width + j];
                squares += (double) value * value;
            }
            double r = 1 / Math.sqrt(squares / width + epsilon);
            for (int j = 0; j < width; j++) {
                out[y.offset() + i * width + j] =
                        (float) (in[x.offset() + i * width + j] * r) * g[gain.offset() + j];
            }
            floats(inverse.buffer())[inverse.offset() + i] = (float) r;
        }
    }

    @Override
    public void rmsNormBackward(View x, View gain, View inverse, View dy, View dx, View dgain) {
        float[] in = floats(x.buffer());
        float[] g = floats(gain.buffer());
        float[] up = floats(dy.buffer());
        float[] out = floats(dx.buffer());
        float[] toGain = floats(dgain.buffer());
        int width = x.dim(1);
        for (int j = 0; j < width; j++) {
            toGain[dgain.offset() + j] = 0;
        }
        for (int i = 0; i < x.dim(0); i++) {
            float r = floats(inverse.buffer())[inverse.offset() + i];
            double dot = 0;
            for (int j = 0; j < width; j++) {
                float normal = in[x.offset() + i * width + j] * r;
                float d = up[dy.offset() + i * width + j];
                toGain[dgain.offset() + j] += d * normal;
                dot += d * g[gain.offset() + j] * normal;
            }
            for (int j = 0; j < width; j++) {
                float normal = in[x.offset() + i * width + j] * r;
                float d = up[dy.offset() + i * width + j] * g[gain.offset() + j];
                out[dx.offset() + i * width + j] = (float) (r * (d - normal * dot / width));
            }
        }
    }

    @Override
    public void groupNorm(
            View x, View gain, View bias, float epsilon, View y, View mean, View inverse) {
        ScalarGroupNorm.forward(x, gain, bias, epsilon, y, mean, inverse);
    }

    @Override
    public void groupNormBackward(
            View x, View gain, View mean, View inverse, View dy, View dx, View dgain, View dbias) {
        ScalarGroupNorm.backward(x, gain, mean, inverse, dy, dx, dgain, dbias);
    }
}
