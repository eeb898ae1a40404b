package dev.unroll.nn;

import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;

/**
 * Says in words what a picture shows: an encoder makes rows of it, and a decoder writes while it
 * knows them.
 *
 * @param encoder from pictures to rows
 * @param features what the decoder knows of the rows
 * @param projection to the width that the decoder looks at
 * @param decoder writes
 */
public record PictureDescriber(
        PictureEncoder encoder, Features features, Linear projection, WordDecoder decoder) {

    /** What the decoder knows of a picture. */
    public enum Features {
        /** The mean of the rows, known from the start (Vinyals et al. 2015). */
        START,
        /** Every row, attended to before each word (Xu et al. 2015). */
        ATTEND
    }

    /** What the decoder looks at. */
    public Sequences memory(Tensor pictures, Mode mode) {
        Sequences rows = encoder.forward(pictures, mode);
        Sequences known =
                switch (features) {
                    case START ->
                            new Sequences(Ends.mean(rows), Layout.even(rows.layout().batch(), 1));
                    case ATTEND -> rows;
                };
        return projection.forward(known);
    }

    /**
     * The mean cross-entropy of a batch.
     *
     * @param pictures [batch, height, width, channels]
     * @param before each caption with the start token in front
     * @param after [tokens], each caption with the end token behind
     * @param smoothing of the labels, in [0, 1)
     */
    public Tensor loss(Tensor pictures, Tokens before, int[] after, double smoothing, Mode mode) {
        return decoder.loss(memory(pictures, mode), before, after, smoothing, mode);
    }
}
