package dev.unroll.text.pipeline;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The third step of a {@link TextPipeline}: it cuts a piece of text into tokens of a vocabulary.
 */
public interface SubwordModel {

    /**
     * Cuts a piece into tokens.
     *
     * @param piece of text
     * @param tokens takes the tokens in order
     * @throws IllegalArgumentException if the piece has an unknown part and the model has no token
     *     for it
     */
    void encode(AlignedText piece, TokenList tokens);

    /** {@return how many tokens the vocabulary has} */
    int size();

    /** {@return the largest id of a token; −1 without any} */
    int largestId();

    /**
     * {@return the id of a token, if the vocabulary has it}
     *
     * @param token as the vocabulary writes it
     */
    OptionalInt id(String token);

    /**
     * {@return the token of an id; null where the vocabulary has none}
     *
     * @param id from 0
     */
    @Nullable String token(int id);
}
