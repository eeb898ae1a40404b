package dev.unroll.nn.models;

import dev.unroll.nn.Mode;
import dev.unroll.nn.Model;
import dev.unroll.nn.image.PictureEncoder;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;

/**
 * Says in words what a picture shows: an encoder makes rows of it, and a decoder writes while it
 * knows them.
 *
 * @param encoder from pictures to rows, one a cell
 * @param memory what the decoder knows of the rows
 * @param decoder writes
 */
public record CaptioningModel(
        PictureEncoder encoder, ImageContext memory, SequenceDecoder decoder) implements Model {

    /** What the decoder knows of pictures [batch, height, width, channels]. */
    public Memory memory(Tensor pictures, Mode mode) {
        return Memory.of(memory.forward(encoder.forward(pictures, mode)));
    }

    /**
     * The mean cross-entropy of a batch.
     *
     * @param pictures [batch, height, width, channels]
     * @param before each caption with the start token in front
     * @param after [tokens], each caption with the end token behind
     */
    public Tensor loss(Tensor pictures, Tokens before, int[] after, Mode mode) {
        return decoder.loss(memory(pictures, mode), before, after, mode);
    }
}
