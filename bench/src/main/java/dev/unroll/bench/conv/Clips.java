package dev.unroll.bench.conv;

import dev.unroll.backend.Resampling;
import dev.unroll.backend.Window;
import dev.unroll.bench.Contestant;
import dev.unroll.bench.UnrollTraining;
import dev.unroll.nn.Parameters;
import dev.unroll.nn.Seed;
import dev.unroll.nn.image.ConvGru;
import dev.unroll.nn.image.Convolution;
import dev.unroll.nn.layers.GroupNorm;
import dev.unroll.tensor.Resizing;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.WindowPooling;
import java.util.Random;

/**
 * A network that says something of every place of every frame, as for masks of videos: two
 * convolutions with norm, a recurrent state, back to the frame's size.
 *
 * @param time frames of a clip
 * @param batch clips
 * @param width channels of the state
 */
record Clips(int time, int batch, int height, int columns, int width) {

    /** Half the state's channels after the first convolution. */
    record Model(
            Convolution first,
            GroupNorm firstNorm,
            Convolution second,
            GroupNorm secondNorm,
            ConvGru state,
            Convolution output) {

        /** xs [time, batch, height, width, 3] gives [time·batch, height, width, 1]. */
        Tensor forward(Tensor xs) {
            int time = xs.dim(0);
            int batch = xs.dim(1);
            int height = xs.dim(2);
            int width = xs.dim(3);
            Tensor x = xs.reshape(time * batch, height, width, 3);
            Tensor a = firstNorm.forward(first.forward(x)).relu();
            Tensor pooled = WindowPooling.max(a, Window.square(2).stride(2));
            Tensor b = secondNorm.forward(second.forward(pooled)).relu();
            Tensor clips = b.reshape(time, batch, b.dim(1), b.dim(2), b.dim(3));
            Tensor h = state.unroll(clips, state.start(batch, b.dim(1), b.dim(2))).outputs();
            Tensor y = output.forward(h.reshape(b.shape().dims()));
            return Resizing.resize(y, Resampling.BILINEAR, height, width);
        }
    }

    Model model() {
        Seed seed = new Seed(1);
        Window down = Window.square(3).stride(2).padding(1);
        return new Model(
                Convolution.of(3, width / 2, down, seed.at("first")),
                GroupNorm.of(4, width / 2),
                Convolution.of(width / 2, width, Window.square(3).padding(1), seed.at("second")),
                GroupNorm.of(4, width),
                ConvGru.of(width, width, 3, seed.at("state")),
                Convolution.of(width, 1, Window.square(1), seed.at("output")));
    }

    float[] frames() {
        return numbers(1, 3);
    }

    float[] masks() {
        return numbers(2, 1);
    }

    private float[] numbers(long seed, int channels) {
        Random random = new Random(seed);
        float[] numbers = new float[time * batch * height * columns * channels];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = random.nextFloat();
        }
        return numbers;
    }

    Contestant unroll() {
        Model model = model();
        Tensor xs = Tensor.of(frames(), time, batch, height, columns, 3);
        Tensor masks = Tensor.of(masks(), time * batch, height, columns, 1);
        return new UnrollTraining(
                Parameters.of(model), mode -> model.forward(xs).minus(masks).square().mean());
    }

    @Override
    public String toString() {
        return batch + "x" + time + "x" + height + "x" + columns + "-gru" + width;
    }
}
