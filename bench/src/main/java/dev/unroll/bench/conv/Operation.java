package dev.unroll.bench.conv;

import dev.unroll.backend.Resampling;
import dev.unroll.backend.Window;
import dev.unroll.tensor.Norms;
import dev.unroll.tensor.Pooling;
import dev.unroll.tensor.Resizing;
import dev.unroll.tensor.Tensor;
import java.util.Locale;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** What is done to pictures between convolutions, in both engines. */
enum Operation {
    /** The largest of two by two. */
    MAX_POOL {
        @Override
        Tensor unroll(Tensor x, Tensor gain, Tensor bias) {
            return Pooling.max(x, Window.square(2).stride(2));
        }

        @Override
        org.bytedeco.pytorch.Tensor pytorch(
                org.bytedeco.pytorch.Tensor x,
                org.bytedeco.pytorch.Tensor gain,
                org.bytedeco.pytorch.Tensor bias) {
            return torch.max_pool2d(x, 2, 2);
        }
    },
    /** The mean of three by three; what lies outside does not count. */
    AVERAGE_POOL {
        @Override
        Tensor unroll(Tensor x, Tensor gain, Tensor bias) {
            return Pooling.average(x, Window.square(3).stride(2).padding(1));
        }

        @Override
        org.bytedeco.pytorch.Tensor pytorch(
                org.bytedeco.pytorch.Tensor x,
                org.bytedeco.pytorch.Tensor gain,
                org.bytedeco.pytorch.Tensor bias) {
            long[] side = {3, 3};
            long[] two = {2, 2};
            long[] one = {1, 1};
            return torch.avg_pool2d(x, side, two, one, false, false, new LongOptional());
        }
    },
    /** Twice as high and wide, each place four times. */
    UPSAMPLE_NEAREST {
        @Override
        Tensor unroll(Tensor x, Tensor gain, Tensor bias) {
            return Resizing.upsample(x, Resampling.NEAREST, 2);
        }

        @Override
        org.bytedeco.pytorch.Tensor pytorch(
                org.bytedeco.pytorch.Tensor x,
                org.bytedeco.pytorch.Tensor gain,
                org.bytedeco.pytorch.Tensor bias) {
            return torch.upsample_nearest2d(x, 2 * x.size(2), 2 * x.size(3));
        }
    },
    /** Twice as high and wide, on straight lines between the places. */
    UPSAMPLE_BILINEAR {
        @Override
        Tensor unroll(Tensor x, Tensor gain, Tensor bias) {
            return Resizing.upsample(x, Resampling.BILINEAR, 2);
        }

        @Override
        org.bytedeco.pytorch.Tensor pytorch(
                org.bytedeco.pytorch.Tensor x,
                org.bytedeco.pytorch.Tensor gain,
                org.bytedeco.pytorch.Tensor bias) {
            return torch.upsample_bilinear2d(x, new long[] {2 * x.size(2), 2 * x.size(3)}, false);
        }
    },
    /** Groups of channels of one picture. */
    GROUP_NORM {
        @Override
        Tensor unroll(Tensor x, Tensor gain, Tensor bias) {
            return Norms.groupNorm(x, GROUPS, gain, bias, EPSILON);
        }

        @Override
        org.bytedeco.pytorch.Tensor pytorch(
                org.bytedeco.pytorch.Tensor x,
                org.bytedeco.pytorch.Tensor gain,
                org.bytedeco.pytorch.Tensor bias) {
            return torch.group_norm(
                    x, GROUPS, new TensorOptional(gain), new TensorOptional(bias), EPSILON, true);
        }
    },
    /** Channels of a batch. */
    BATCH_NORM {
        @Override
        Tensor unroll(Tensor x, Tensor gain, Tensor bias) {
            return Norms.batchNorm(x, gain, bias, EPSILON).y();
        }

        @Override
        org.bytedeco.pytorch.Tensor pytorch(
                org.bytedeco.pytorch.Tensor x,
                org.bytedeco.pytorch.Tensor gain,
                org.bytedeco.pytorch.Tensor bias) {
            TensorOptional none = new TensorOptional();
            return torch.batch_norm(
                    x,
                    new TensorOptional(gain),
                    new TensorOptional(bias),
                    none,
                    none,
                    true,
                    0.1,
                    EPSILON,
                    true);
        }
    };

    private static final int GROUPS = 4;
    private static final float EPSILON = 1e-5f;

    /** x [batch, height, width, channels]; gain and bias [channels], for norms. */
    abstract Tensor unroll(Tensor x, Tensor gain, Tensor bias);

    /** x [batch, channels, height, width]. */
    abstract org.bytedeco.pytorch.Tensor pytorch(
            org.bytedeco.pytorch.Tensor x,
            org.bytedeco.pytorch.Tensor gain,
            org.bytedeco.pytorch.Tensor bias);

    /** Whether gain and bias matter. */
    boolean scales() {
        return this == GROUP_NORM || this == BATCH_NORM;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
