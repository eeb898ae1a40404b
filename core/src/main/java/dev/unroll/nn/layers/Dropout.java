package dev.unroll.nn.layers;

import dev.unroll.backend.AttentionDropout;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Seed;
import dev.unroll.random.Noise;
import dev.unroll.tensor.DropoutMask;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;

/**
 * Zeroes elements at random in training (Srivastava et al. 2014). The mask is a pure function of
 * the run's seed, the step and this place in the network.
 *
 * @param rate share of zeroes, in [0, 1)
 * @param place tells this place from the network's others
 */
public record Dropout(float rate, long place) {
    public Dropout {
        if (!(rate >= 0 && rate < 1)) {
            throw new IllegalArgumentException("dropout is in [0, 1), not " + rate);
        }
    }

    /** Dropout at a place of its own. */
    public static Dropout of(double rate, Seed seed) {
        return new Dropout((float) rate, seed.key());
    }

    /** A dropout of this rate at another place: each use of one dropout draws its own noise. */
    public Dropout at(int use) {
        return new Dropout(rate, Noise.key(place, use));
    }

    /** {@return whether dropout changes anything in this mode} */
    public boolean acts(Mode mode) {
        return rate > 0 && mode instanceof Mode.Training;
    }

    /** x of any shape. */
    public Tensor forward(Tensor x, Mode mode) {
        return switch (mode) {
            case Mode.Inference() -> x;
            case Mode.Training training -> DropoutMask.dropout(x, key(training), rate);
        };
    }

    /** This dropout on attention weights in a mode. */
    public AttentionDropout onAttention(Mode mode) {
        return switch (mode) {
            case Mode.Inference() -> AttentionDropout.NONE;
            case Mode.Training training -> new AttentionDropout(key(training), rate);
        };
    }

    private long key(Mode.Training mode) {
        return Noise.key(Noise.key(mode.seed(), mode.step()), place);
    }

    /** Each element by itself. */
    public Sequences forward(Sequences x, Mode mode) {
        return x.with(forward(x.rows(), mode));
    }
}
