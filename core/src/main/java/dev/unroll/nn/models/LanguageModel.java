package dev.unroll.nn.models;

import dev.unroll.nn.Mode;
import dev.unroll.nn.Model;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;

/** A network that says which token comes next. */
public interface LanguageModel extends Model {
    /** The context length of a model that carries a state on for ever. */
    int UNLIMITED = Integer.MAX_VALUE;

    /**
     * The mean cross-entropy of what comes next, in nats, with the mode's label smoothing.
     *
     * @param before what is read
     * @param after [tokens] what comes after each token
     */
    Tensor loss(Tokens before, int[] after, Mode mode);

    /** Reads prompts, which may be empty, and stands behind them. */
    Decoding decode(Tokens prompts);

    /** The most tokens that the model was made to attend to, or {@link #UNLIMITED}. */
    int contextLength();
}
