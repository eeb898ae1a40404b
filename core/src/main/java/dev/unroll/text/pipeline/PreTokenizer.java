package dev.unroll.text.pipeline;

import java.util.function.Consumer;

/**
 * The second step of a {@link TextPipeline}: it cuts a text into pieces, which the model then cuts
 * into tokens one by one. No token crosses the border of a piece.
 */
public interface PreTokenizer {

    /**
     * Cuts a text.
     *
     * @param text normalised; a part of the whole when added tokens stand in it
     * @param pieces takes the pieces in order
     */
    void split(AlignedText text, Consumer<AlignedText> pieces);
}
