package dev.unroll.nn.models;

import dev.unroll.nn.Mode;
import dev.unroll.nn.Model;
import dev.unroll.nn.image.ImageEncoder;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;

/**
 * Says in words what an image shows: an encoder makes rows of it, and a decoder writes while it
 * knows them.
 *
 * @param encoder from images to rows, one a cell
 * @param memory what the decoder knows of the rows
 * @param decoder writes
 */
public record CaptioningModel(ImageEncoder encoder, ImageContext memory, SequenceDecoder decoder)
        implements Model {

    /** The memory of images [batch, height, width, channels] for the decoder. */
    public Memory memory(Tensor images, Mode mode) {
        return Memory.of(memory.forward(encoder.forward(images, mode)));
    }

    /**
     * The mean cross-entropy of a batch.
     *
     * @param images [batch, height, width, channels]
     * @param before each caption with the start token in front
     * @param after [tokens], each caption with the end token behind
     */
    public Tensor loss(Tensor images, Tokens before, int[] after, Mode mode) {
        return decoder.loss(memory(images, mode), before, after, mode);
    }
}
