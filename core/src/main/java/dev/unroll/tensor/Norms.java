package dev.unroll.tensor;

import dev.unroll.backend.Backends;
import dev.unroll.backend.Normalisation;
import dev.unroll.backend.View;

/** Norms along rows and over images, each as one operation beside its derivative. */
public final class Norms {
    private Norms() {}

    private static Normalisation backend() {
        return Backends.current().normalisation();
    }

    /**
     * (x − mean)/√(variance + ε) ⊙ gain + bias (Ba et al. 2016, eq. 4).
     *
     * @param x [.., width]
     * @param gain [width]
     * @param bias [width]
     */
    public static Tensor layerNorm(Tensor x, Tensor gain, Tensor bias, float epsilon) {
        check("layerNorm", x, gain);
        check("layerNorm", x, bias);
        View in = Softmax.rows(x);
        Tensor y = Tensor.allocate(x.shape());
        Tensor mean = Tensor.allocate(Shape.of(in.dim(0)));
        Tensor inverse = Tensor.allocate(Shape.of(in.dim(0)));
        View scale = gain.view();
        View m = mean.view();
        View r = inverse.view();
        backend().layerNorm(in, scale, bias.view(), epsilon, Softmax.rows(y), m, r);
        return Tape.fill(
                y,
                (dy, dxs) -> {
                    View up = Softmax.rows(dy);
                    View dx = Softmax.rows(dxs[0]);
                    backend()
                            .layerNormBackward(
                                    in, scale, m, r, up, dx, dxs[1].view(), dxs[2].view());
                },
                x,
                gain,
                bias);
    }

    /**
     * x/√(mean of x² + ε) ⊙ gain (Zhang and Sennrich 2019, eq. 4).
     *
     * @param x [.., width]
     * @param gain [width]
     */
    public static Tensor rmsNorm(Tensor x, Tensor gain, float epsilon) {
        check("rmsNorm", x, gain);
        View in = Softmax.rows(x);
        Tensor y = Tensor.allocate(x.shape());
        Tensor inverse = Tensor.allocate(Shape.of(in.dim(0)));
        View scale = gain.view();
        View r = inverse.view();
        backend().rmsNorm(in, scale, epsilon, Softmax.rows(y), r);
        return Tape.fill(
                y,
                (dy, dxs) -> {
                    View dx = Softmax.rows(dxs[0]);
                    backend().rmsNormBackward(in, scale, r, Softmax.rows(dy), dx, dxs[1].view());
                },
                x,
                gain);
    }

    /**
     * Each item's channels in groups of neighbours, each group by its own mean and variance over
     * all places (Wu and He 2018): (x − mean)/√(variance + ε) ⊙ gain + bias. One channel a group is
     * instance norm; one group is layer norm over whole images.
     *
     * @param x [batch, .., channels]
     * @param groups divides the channels
     * @param gain [channels]
     * @param bias [channels]
     */
    public static Tensor groupNorm(Tensor x, int groups, Tensor gain, Tensor bias, float epsilon) {
        check("groupNorm", x, gain);
        check("groupNorm", x, bias);
        if (x.rank() < 2 || groups < 1 || x.dim(-1) % groups != 0) {
            throw new IllegalArgumentException(
                    "groupNorm: %s in %d groups: the channels do not fall into so many"
                            .formatted(x.shape(), groups));
        }
        return grouped(x, x.dim(0), groups, gain, bias, epsilon).y;
    }

    /**
     * The result of normalising a batch by its own statistics.
     *
     * @param y like x
     * @param mean [channels], of the batch; without derivative
     * @param variance [channels], of the batch, divided by the number of places
     */
    public record OfBatch(Tensor y, Tensor mean, Tensor variance) {}

    /**
     * Each channel by its mean and variance over the whole batch (Ioffe and Szegedy 2015, algorithm
     * 1). They are returned, for whoever keeps a running mean of them.
     *
     * @param x [.., channels]
     * @param gain [channels]
     * @param bias [channels]
     */
    public static OfBatch batchNorm(Tensor x, Tensor gain, Tensor bias, float epsilon) {
        check("batchNorm", x, gain);
        check("batchNorm", x, bias);
        int channels = x.dim(-1);
        Grouped normal = grouped(x, 1, channels, gain, bias, epsilon);
        Tensor variance = normal.inverse.square().reciprocal().plus(-epsilon);
        return new OfBatch(
                normal.y,
                normal.mean.reshape(channels),
                variance.maximum(Tensor.scalar(0)).reshape(channels));
    }

    /**
     * Each channel by a mean and a variance known before: (x − mean)/√(variance + ε) ⊙ gain + bias.
     *
     * @param x [.., channels]; the others are [channels]
     */
    public static Tensor batchNorm(
            Tensor x, Tensor gain, Tensor bias, Tensor mean, Tensor variance, float epsilon) {
        check("batchNorm", x, gain);
        check("batchNorm", x, bias);
        check("batchNorm", x, mean);
        check("batchNorm", x, variance);
        Tensor scale = gain.dividedBy(variance.plus(epsilon).sqrt());
        return x.times(scale).plus(bias.minus(mean.times(scale)));
    }

    private record Grouped(Tensor y, Tensor mean, Tensor inverse) {}

    private static Grouped grouped(
            Tensor x, int items, int groups, Tensor gain, Tensor bias, float epsilon) {
        int channels = x.dim(-1);
        int places = items == 0 || channels == 0 ? 0 : x.size() / items / channels;
        int[] dims = {items, places, channels};
        int[] strides = View.contiguousStrides(dims);
        View whole = Views.contiguousView(x);
        View from = new View(whole.buffer(), whole.offset(), dims, strides);
        View scale = Views.contiguousView(gain);
        Tensor y = Tensor.allocate(x.shape());
        Tensor mean = Tensor.allocate(Shape.of(items, groups));
        Tensor inverse = Tensor.allocate(Shape.of(items, groups));
        View m = mean.view();
        View r = inverse.view();
        View shift = Views.contiguousView(bias);
        backend().groupNorm(from, scale, shift, epsilon, View.of(y.view().buffer(), dims), m, r);
        Tensor recorded =
                Tape.fill(
                        y,
                        (dy, dxs) -> {
                            View in = Views.contiguousView(dy);
                            View up = new View(in.buffer(), in.offset(), dims, strides);
                            View dx = View.of(dxs[0].view().buffer(), dims);
                            View dgain = dxs[1].view();
                            View dbias = dxs[2].view();
                            backend().groupNormBackward(from, scale, m, r, up, dx, dgain, dbias);
                        },
                        x,
                        gain,
                        bias);
        return new Grouped(recorded, mean, inverse);
    }

    private static void check(String name, Tensor x, Tensor weights) {
        if (x.rank() == 0 || weights.rank() != 1 || weights.dim(0) != x.dim(-1)) {
            throw new IllegalArgumentException(
                    "%s: %s with weights %s: the last sizes differ"
                            .formatted(name, x.shape(), weights.shape()));
        }
    }
}
