package dev.unroll.bench.conv;

import dev.unroll.bench.Contestant;
import dev.unroll.tensor.Gradients;
import dev.unroll.tensor.MemoryScope;
import dev.unroll.tensor.Tensor;

/**
 * An operation on images of a size: forwards, or as a part of a training, where what comes of it is
 * weighed, added up and differentiated.
 *
 * @param batch number of images
 */
record Pass(
        Operation operation, int batch, int height, int width, int channels, boolean backwards) {

    float[] images() {
        return Layer.numbers(1, batch * height * width * channels);
    }

    float[] gain() {
        return Layer.numbers(2, channels);
    }

    float[] bias() {
        return Layer.numbers(3, channels);
    }

    float[] slopes(int count) {
        return Layer.numbers(4, count);
    }

    /** Our side. */
    Contestant unroll() {
        Tensor x = Tensor.of(images(), batch, height, width, channels);
        Tensor gain = Tensor.of(gain(), channels);
        Tensor bias = Tensor.of(bias(), channels);
        Tensor y = operation.unroll(x, gain, bias);
        Tensor slopes = Tensor.of(slopes(y.size()), y.shape().dims());
        int[] runs = {0};
        return () ->
                MemoryScope.run(
                        () -> {
                            boolean checked = runs[0]++ < Layer.CHECKED;
                            if (!backwards) {
                                Tensor z = operation.unroll(x, gain, bias);
                                return checked ? Layer.sum(z.toArray()) : 0;
                            }
                            Gradients gradients =
                                    Gradients.of(
                                            () ->
                                                    operation
                                                            .unroll(x, gain, bias)
                                                            .times(slopes)
                                                            .sum(),
                                            operation.scales()
                                                    ? new Tensor[] {x, gain, bias}
                                                    : new Tensor[] {x});
                            if (!checked) {
                                return 0.0;
                            }
                            double number = Layer.sum(gradients.of(x).toArray());
                            if (operation.scales()) {
                                number += Layer.sum(gradients.of(gain).toArray());
                                number += Layer.sum(gradients.of(bias).toArray());
                            }
                            return number;
                        });
    }

    @Override
    public String toString() {
        String size = batch + "x" + height + "x" + width + "x" + channels;
        return operation + (backwards ? "-train-" : "-") + size;
    }
}
