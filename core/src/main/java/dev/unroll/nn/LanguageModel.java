package dev.unroll.nn;

import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;

/** A network that says what comes next. */
public sealed interface LanguageModel extends Model
        permits RecurrentLanguageModel, TransformerLanguageModel {

    /**
     * The mean cross-entropy of what comes next, in nats.
     *
     * @param before what is read
     * @param after [tokens] what comes after each token
     */
    Tensor loss(Tokens before, int[] after, Mode mode);

    /** Reads prompts, which may be empty, and stands behind them. */
    EncoderDecoder.Decoding decode(Tokens prompts);
}
