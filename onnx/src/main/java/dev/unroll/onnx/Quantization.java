package dev.unroll.onnx;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Whole numbers that stand for real ones, as DequantizeLinear has them: {@code (q − zero) · scale},
 * with a scale for all or one for each place of a dimension.
 */
final class Quantization {
    private Quantization() {}

    /**
     * {@return the real numbers}
     *
     * @param stored whole numbers
     * @param scale one, or as many as the dimension has places
     * @param zero the whole number that stands for 0; null for 0
     * @param axis the dimension
     */
    static float[] reals(OnnxTensor stored, OnnxTensor scale, @Nullable OnnxTensor zero, int axis) {
        float[] scales = scale.floats();
        float[] zeros = zero == null ? new float[scales.length] : zero.floats();
        int[] shape = stored.shape();
        boolean each = scales.length != 1;
        if (zeros.length != scales.length
                || (each && (axis < 0 || axis >= shape.length || shape[axis] != scales.length))) {
            throw new OnnxException(
                    "%s has %d scales and %d zero points; they are one, or one for each place of dimension %d of %s"
                            .formatted(
                                    stored,
                                    scales.length,
                                    zeros.length,
                                    axis,
                                    Arrays.toString(shape)));
        }
        float[] values = stored.floats();
        int inner = 1;
        for (int d = axis + 1; each && d < shape.length; d++) {
            inner *= shape[d];
        }
        for (int i = 0; i < values.length; i++) {
            int place = each ? i / inner % scales.length : 0;
            values[i] = (values[i] - zeros[place]) * scales[place];
        }
        return values;
    }
}
