package dev.unroll.nn.models;

import dev.unroll.nn.Mode;
import dev.unroll.nn.Model;
import dev.unroll.nn.image.ImageEncoder;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;

/**
 * Writes captions of images: an encoder turns an image into a row for each grid position, and a
 * decoder writes the caption from them, by attention or from a summary.
 *
 * @param encoder from images to rows, one for each grid position of the feature map
 * @param memory the rows that the decoder attends to, or their summary
 * @param decoder writes the caption, token by token
 */
public record CaptioningModel(ImageEncoder encoder, ImageContext memory, SequenceDecoder decoder)
        implements Model {

    /** {@return the decoder's memory of images [batch, height, width, channels]} */
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
