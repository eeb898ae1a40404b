package dev.unroll.nn.image;

import dev.unroll.mask.Masks;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Seed;
import dev.unroll.nn.attention.MultiHeadAttention;
import dev.unroll.nn.layers.FeedForward;
import dev.unroll.nn.layers.Positions;
import dev.unroll.nn.recurrent.CellState;
import dev.unroll.nn.transformer.EncoderLayer;
import dev.unroll.nn.transformer.Sublayer;
import dev.unroll.nn.transformer.TransformerShape;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The memory of a network that goes through clips frame by frame. Features are images [batch,
 * height, width, channels]; the memory is passed from frame to frame.
 *
 * @param <S> the memory
 */
public interface TemporalMemory<S> {

    /**
     * {@return whether anything is remembered} If not, the network sees each frame alone, without
     * the frame before and its mask.
     */
    default boolean remembers() {
        return true;
    }

    /** The memory before the first frame. */
    S start(int batch, int height, int width);

    /**
     * Adds what earlier frames tell to a frame's features.
     *
     * @param features [batch, height, width, channels], as are those in {@link Read}
     * @param mode in training, a dropout draws the same noise for all frames of a step
     */
    Read<S> read(Tensor features, S past, Mode mode);

    /**
     * Adds a frame and its mask to the memory.
     *
     * @param mask [batch, height, width, 1], how much of each place belongs to the object, 0 to 1
     */
    S write(Tensor features, Tensor mask, S past);

    /**
     * The result of reading.
     *
     * @param features of the frame
     * @param after the memory after the frame
     */
    record Read<S>(Tensor features, S after) {}

    /**
     * A recurrent state that is itself an image (Shi et al. 2015).
     *
     * @param cell as many channels in its state as in the features
     */
    record State(ConvolutionalCell cell) implements TemporalMemory<CellState> {
        @Override
        public CellState start(int batch, int height, int width) {
            return cell.start(batch, height, width);
        }

        @Override
        public Read<CellState> read(Tensor features, CellState past, Mode mode) {
            CellState state = cell.step(features, past);
            return new Read<>(features.plus(state.h()), state);
        }

        @Override
        public CellState write(Tensor features, Tensor mask, CellState past) {
            return past;
        }
    }

    /**
     * Earlier frames themselves: each place of a frame attends to all places of the first frame and
     * of the last few, which know their masks (a Transformer over time; Oh et al. 2019, section
     * 3.2).
     *
     * @param mask what being the object adds to a place, [1, channels]
     * @param age what being the first frame, the last, the last but one ... adds, [ages, channels]
     * @param cross attention from the frame to those remembered
     * @param crossSublayer residual and norm
     * @param feedForward place by place
     * @param feedForwardSublayer residual and norm
     */
    record Attention(
            Parameter mask,
            Parameter age,
            MultiHeadAttention cross,
            Sublayer crossSublayer,
            FeedForward feedForward,
            Sublayer feedForwardSublayer)
            implements TemporalMemory<Attention.Seen> {

        /**
         * The frames remembered, each rows [batch · places, channels].
         *
         * @param frames the first, then the latest of the others, the last one first
         */
        public record Seen(List<Tensor> frames) {}

        /**
         * @param frames how many are remembered besides the first
         */
        public static Attention of(TransformerShape shape, int frames, Seed seed) {
            EncoderLayer layer =
                    EncoderLayer.of(shape, new Positions.NoPositions(), seed.at("layer"));
            return new Attention(
                    seed.at("mask").normal(1, 1, shape.width()),
                    seed.at("age").normal(0.1, 1 + frames, shape.width()),
                    MultiHeadAttention.of(
                            shape.width(),
                            shape.heads(),
                            shape.keyHeads(),
                            new Positions.NoPositions(),
                            seed.at("layer").at("attention")),
                    layer.attentionSublayer(),
                    layer.feedForward(),
                    layer.feedForwardSublayer());
        }

        @Override
        public Seen start(int batch, int height, int width) {
            return new Seen(List.of());
        }

        @Override
        public Read<Seen> read(Tensor features, Seen past, Mode mode) {
            if (past.frames().isEmpty()) {
                return new Read<>(features, past);
            }
            int batch = features.dim(0);
            int places = features.dim(1) * features.dim(2);
            int channels = features.dim(3);
            Sequences x =
                    new Sequences(
                            features.reshape(batch * places, channels), Layout.even(batch, places));
            int frames = past.frames().size();
            Tensor[] aged =
                    IntStream.range(0, frames)
                            .mapToObj(
                                    i ->
                                            past.frames()
                                                    .get(i)
                                                    .plus(age.value().slice(0, i, i + 1))
                                                    .reshape(batch, places, channels))
                            .toArray(Tensor[]::new);
            Tensor rows = Tensor.concat(1, aged).reshape(batch * frames * places, channels);
            Sequences memory = new Sequences(rows, Layout.even(batch, frames * places));
            Sequences across =
                    crossSublayer.around(x, q -> cross.forward(q, memory, Masks.NONE), mode);
            Sequences y =
                    feedForwardSublayer.around(across, a -> feedForward.forward(a, mode), mode);
            return new Read<>(
                    y.rows().reshape(batch, features.dim(1), features.dim(2), channels), past);
        }

        @Override
        public Seen write(Tensor features, Tensor masks, Seen past) {
            int rows = masks.size();
            Tensor known =
                    features.reshape(rows, features.dim(3))
                            .plus(masks.reshape(rows, 1).times(mask.value()));
            List<Tensor> frames = new ArrayList<>(past.frames());
            frames.add(Math.min(1, frames.size()), known);
            int most = age.shape().dim(0);
            return new Seen(List.copyOf(frames.subList(0, Math.min(most, frames.size()))));
        }
    }

    /**
     * Memories one above another: each reads the features that the one below gives, which are what
     * it read itself and what it remembered (Graves et al. 2013; with the input added to the
     * output, Wu et al. 2016). All take note of the frame as it was.
     *
     * @param layers the lowest first
     */
    record Stacked<S>(List<TemporalMemory<S>> layers) implements TemporalMemory<List<S>> {
        public Stacked {
            layers = List.copyOf(layers);
            if (layers.isEmpty()) {
                throw new IllegalArgumentException("stacked memories: at least one is needed");
            }
        }

        @Override
        public List<S> start(int batch, int height, int width) {
            return layers.stream().map(layer -> layer.start(batch, height, width)).toList();
        }

        @Override
        public Read<List<S>> read(Tensor features, List<S> past, Mode mode) {
            Tensor x = features;
            List<S> after = new ArrayList<>();
            for (int l = 0; l < layers.size(); l++) {
                Read<S> read = layers.get(l).read(x, past.get(l), mode);
                x = read.features();
                after.add(read.after());
            }
            return new Read<>(x, List.copyOf(after));
        }

        @Override
        public List<S> write(Tensor features, Tensor mask, List<S> past) {
            return IntStream.range(0, layers.size())
                    .mapToObj(l -> layers.get(l).write(features, mask, past.get(l)))
                    .toList();
        }
    }

    /** Nothing: each frame by itself. */
    record Nothing() implements TemporalMemory<Boolean> {
        @Override
        public boolean remembers() {
            return false;
        }

        @Override
        public Boolean start(int batch, int height, int width) {
            return true;
        }

        @Override
        public Read<Boolean> read(Tensor features, Boolean past, Mode mode) {
            return new Read<>(features, past);
        }

        @Override
        public Boolean write(Tensor features, Tensor mask, Boolean past) {
            return past;
        }
    }
}
