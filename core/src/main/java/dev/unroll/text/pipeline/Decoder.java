package dev.unroll.text.pipeline;

import java.util.List;

/** Makes text of tokens. */
public interface Decoder {

    /**
     * {@return the parts of the text, which are to be put behind each other; they may be fewer than
     * the tokens}
     *
     * @param tokens as the vocabulary writes them, or as another decoder left them
     */
    List<String> decode(List<String> tokens);
}
