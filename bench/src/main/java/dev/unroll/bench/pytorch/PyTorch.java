package dev.unroll.bench.pytorch;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/** Numbers of Java's as PyTorch's tensors. */
public final class PyTorch {
    private PyTorch() {}

    /** A tensor that learns. */
    public static Tensor parameter(float[] values, long... shape) {
        return tensor(values, shape).set_requires_grad(true);
    }

    /** A tensor with these numbers. */
    public static Tensor tensor(float[] values, long... shape) {
        try (FloatPointer numbers = new FloatPointer(values)) {
            return torch.from_blob(numbers, shape, new TensorOptions(torch.ScalarType.Float))
                    .clone();
        }
    }

    /** Token numbers. */
    public static Tensor indices(int[] values, long... shape) {
        long[] wide = new long[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        try (LongPointer numbers = new LongPointer(wide)) {
            return torch.from_blob(numbers, shape, new TensorOptions(torch.ScalarType.Long))
                    .clone();
        }
    }
}
