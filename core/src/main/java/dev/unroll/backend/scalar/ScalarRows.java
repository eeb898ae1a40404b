package dev.unroll.backend.scalar;

import static dev.unroll.memory.ArrayBuffer.floats;

import dev.unroll.backend.Rows;
import dev.unroll.backend.View;

final class ScalarRows implements Rows {

    @Override
    public void gather(View table, int[] index, View y) {
        float[] from = floats(table.buffer());
        float[] to = floats(y.buffer());
        int width = table.dim(1);
        for (int i = 0; i < index.length; i++) {
            System.arraycopy(
                    from, table.offset() + index[i] * width, to, y.offset() + i * width, width);
        }
    }

    @Override
    public void scatterAdd(View x, int[] index, View table) {
        float[] from = floats(x.buffer());
        float[] to = floats(table.buffer());
        int width = table.dim(1);
        for (int i = 0; i < index.length; i++) {
            for (int j = 0; j < width; j++) {
                to[table.offset() + index[i] * width + j] += from[x.offset() + i * width + j];
            }
        }
    }

    @Override
    public void groupSoftmax(int[] offsets, View x, View y) {
        float[] in = floats(x.buffer());
        float[] out = floats(y.buffer());
        int width = x.dim(1);
        for (int g = 0; g + 1 < offsets.length; g++) {
            for (int j = 0; j < width; j++) {
                float max = Float.NEGATIVE_INFINITY;
                for (int i = offsets[g]; i < offsets[g + 1]; i++) {
                    max = Math.max(max, in[x.offset() + i * width + j]);
                }
                double sum = 0;
                for (int i = offsets[g]; i < offsets[g + 1]; i++) {
                    double e = Math.exp(in[x.offset() + i * width + j] - max);
                    out[y.offset() + i * width + j] = (float) e;
                    sum += e;
                }
                for (int i = offsets[g]; i < offsets[g + 1]; i++) {
                    out[y.offset() + i * width + j] /= (float) sum;
                }
            }
        }
    }

    @Override
    public void groupSoftmaxBackward(int[] offsets, View y, View dy, View dx) {
        float[] p = floats(y.buffer());
        float[] up = floats(dy.buffer());
        float[] out = floats(dx.buffer());
        int width = y.dim(1);
        for (int g = 0; g + 1 < offsets.length; g++) {
            for (int j = 0; j < width; j++) {
                float dot = 0;
                for (int i = offsets[g]; i < offsets[g + 1]; i++) {
                    dot += p[y.offset() + i * width + j] * up[dy.offset() + i * width + j];
                }
                for (int i = offsets[g]; i < offsets[g + 1]; i++) {
                    out[dx.offset() + i * width + j] =
                            p[y.offset() + i * width + j] * (up[dy.offset() + i * width + j] - dot);
                }
            }
        }
    }

    @Override
    public void rotate(Rotation how, View x, int[] positions, boolean inverse, View y) {
        int rotated = how.rotated();
        float[] in = floats(x.buffer());
        float[] out = floats(y.buffer());
        int row = x.dim(1);
        int width = row / how.heads();
        for (int i = 0; i < positions.length; i++) {
            for (int h = 0; h < how.heads(); h++) {
                int from = x.offset() + i * row + h * width;
                int to = y.offset() + i * row + h * width;
                for (int p = 0; p < rotated / 2; p++) {
                    double angle = positions[i] * Math.pow(how.base(), -2.0 * p / rotated);
                    float cos = (float) Math.cos(angle);
                    float sin = (float) (inverse ? -Math.sin(angle) : Math.sin(angle));
                    int first = how.interleaved() ? 2 * p : p;
                    int second = how.interleaved() ? 2 * p + 1 : p + rotated / 2;
                    float a = in[from + first];
                    float b = in[from + second];
                    out[to + first] = a * cos - b * sin;
                    out[to + second] = a * sin + b * cos;
                }
                for (int j = rotated; j < width; j++) {
                    out[to + j] = in[from + j];
                }
            }
        }
    }
}
