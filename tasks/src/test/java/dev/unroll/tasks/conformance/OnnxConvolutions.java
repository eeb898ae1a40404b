package dev.unroll.tasks.conformance;

import dev.unroll.backend.Window;
import dev.unroll.tasks.conformance.OnnxAnswer.LeftOut;
import dev.unroll.tensor.Convolutions;
import dev.unroll.tensor.Tensor;

/** Convolutions: ONNX's images are [batch, channels, height, width], its weights [out, in, ..]. */
final class OnnxConvolutions {
    private OnnxConvolutions() {}

    static OnnxAnswer answer(OnnxCase given) {
        given.understands(
                "kernel_shape",
                "pads",
                "strides",
                "dilations",
                "group",
                "auto_pad",
                "output_padding",
                "output_shape");
        if (given.first().rank() > 4) {
            return new LeftOut("Unroll convolves images, not bodies of three dimensions");
        }
        return given.operator().equals("Conv") ? convolution(given) : transposed(given);
    }

    private static OnnxAnswer convolution(OnnxCase given) {
        Tensor x = given.tensor("x");
        Tensor w = given.tensor("W");
        int[] strides = given.integers("strides", 1, 1);
        int[] pads = given.integers("pads", 0, 0, 0, 0);
        if (given.text("auto_pad", "NOTSET").equals("SAME_LOWER")) {
            pads = new int[4];
            for (int d = 0; d < 2; d++) {
                int size = x.dim(2 + d);
                int places = (size + strides[d] - 1) / strides[d];
                int all = Math.max(0, (places - 1) * strides[d] + w.dim(2 + d) - size);
                pads[d] = all - all / 2;
                pads[2 + d] = all / 2;
            }
        }
        Tensor y =
                Convolutions.convolve(image(x), kernel(w), null, window(given, w, strides, pads));
        return OnnxAnswer.of("Convolutions.convolve", "y", channelsFirst(y));
    }

    private static OnnxAnswer transposed(OnnxCase given) {
        boolean line = given.tensor("X").rank() == 3;
        Tensor x = line ? flat(given.tensor("X")) : given.tensor("X");
        Tensor w = line ? flat(given.tensor("W")) : given.tensor("W");
        int[] strides = given.integers("strides", 1, 1);
        int[] dilations = given.integers("dilations", 1, 1);
        int[] more = given.integers("output_padding", 0, 0);
        int[] pads = given.integers("pads", 0, 0, 0, 0);
        int[] size = new int[2];
        for (int d = 0; d < 2; d++) {
            int full = (x.dim(2 + d) - 1) * strides[d] + dilations[d] * (w.dim(2 + d) - 1) + 1;
            size[d] = full + more[d] - pads[d] - pads[2 + d];
            if (given.text("auto_pad", "NOTSET").equals("SAME_UPPER")) {
                size[d] = x.dim(2 + d) * strides[d];
                pads[d] = (full - size[d]) / 2;
                pads[2 + d] = full - size[d] - pads[d];
            }
        }
        size = given.integers("output_shape", size);
        Tensor y =
                Convolutions.transposed(
                        image(x),
                        kernel(w),
                        null,
                        window(given, w, strides, pads),
                        given.integer("group", 1),
                        size[0],
                        size[1]);
        Tensor answer = channelsFirst(y);
        return OnnxAnswer.of(
                "Convolutions.transposed",
                "Y",
                line ? answer.reshape(y.dim(0), y.dim(3), y.dim(2)) : answer);
    }

    private static Window window(OnnxCase given, Tensor w, int[] strides, int[] pads) {
        int[] dilations = given.integers("dilations", 1, 1);
        return Window.of(w.dim(2), w.dim(3))
                .stride(strides[0], strides[1])
                .dilation(dilations[0], dilations[1])
                .padding(pads[0], pads[2], pads[1], pads[3]);
    }

    /** A line as an image of one row. */
    private static Tensor flat(Tensor x) {
        int[] dims = x.shape().dims();
        return x.reshape(dims[0], dims[1], 1, dims[2]);
    }

    private static Tensor image(Tensor x) {
        return x.transpose(1, 2).transpose(2, 3);
    }

    private static Tensor channelsFirst(Tensor y) {
        return y.transpose(2, 3).transpose(1, 2);
    }

    /** [a, b, height, width] to [height, width, b, a]. */
    private static Tensor kernel(Tensor w) {
        return w.transpose(0, 2).transpose(1, 3).transpose(2, 3);
    }
}
