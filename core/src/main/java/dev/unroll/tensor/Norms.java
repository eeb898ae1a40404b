package dev.unroll.tensor;

import dev.unroll.backend.Backends;
import dev.unroll.backend.View;

/** Norms along rows, each as one operation beside its derivative. */
public final class Norms {
    private Norms() {}

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
        Backends.current()
                .normalisation()
                .layerNorm(
                        in,
                        gain.view(),
                        bias.view(),
                        epsilon,
                        Softmax.rows(y),
                        mean.view(),
                        inverse.view());
        return Tape.record(
                y,
                dy -> {
                    Tensor dx = Tensor.allocate(x.shape());
                    Tensor dgain = Tensor.allocate(gain.shape());
                    Tensor dbias = Tensor.allocate(bias.shape());
                    Backends.current()
                            .normalisation()
                            .layerNormBackward(
                                    in,
                                    gain.view(),
                                    mean.view(),
                                    inverse.view(),
                                    Softmax.rows(dy),
                                    Softmax.rows(dx),
                                    dgain.view(),
                                    dbias.view());
                    return new Tensor[] {dx, dgain, dbias};
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
        Backends.current()
                .normalisation()
                .rmsNorm(in, gain.view(), epsilon, Softmax.rows(y), inverse.view());
        return Tape.record(
                y,
                dy -> {
                    Tensor dx = Tensor.allocate(x.shape());
                    Tensor dgain = Tensor.allocate(gain.shape());
                    Backends.current()
                            .normalisation()
                            .rmsNormBackward(
                                    in,
                                    gain.view(),
                                    inverse.view(),
                                    Softmax.rows(dy),
                                    Softmax.rows(dx),
                                    dgain.view());
                    return new Tensor[] {dx, dgain};
                },
                x,
                gain);
    }

    private static void check(String name, Tensor x, Tensor weights) {
        if (x.rank() == 0 || weights.rank() != 1 || weights.dim(0) != x.dim(-1)) {
            throw new IllegalArgumentException(
                    "%s: %s with weights %s: the last sizes differ"
                            .formatted(name, x.shape(), weights.shape()));
        }
    }
}
