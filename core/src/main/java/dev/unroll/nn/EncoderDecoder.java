package dev.unroll.nn;

import dev.unroll.tensor.Likeliest;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;

/**
 * A network that reads one sequence and writes another of any length (Sutskever et al. 2014). It is
 * taught with the right words before each word, and used one word at a time.
 */
public sealed interface EncoderDecoder extends Model
        permits RecurrentEncoderDecoder, TransformerEncoderDecoder {

    /**
     * The mean cross-entropy of a batch: that of its {@link #logits}, which are never all held.
     *
     * @param source what is read
     * @param before what the decoder reads: each target with the start token in front
     * @param after [tokens] what it should say there: each target with the end token behind
     */
    Tensor loss(Tokens source, Tokens before, int[] after, Mode mode);

    /**
     * What the decoder makes of every place of a batch.
     *
     * @param source what is read
     * @param before what the decoder reads: each target with the start token in front
     * @return [tokens of before, vocabulary], numbers whose softmax says what comes there
     */
    Tensor logits(Tokens source, Tokens before, Mode mode);

    /** Reads sources and stands before the first word of each answer. */
    default Decoding decode(Tokens source) {
        return writer().decode(source);
    }

    /**
     * The network as it is now, ready to write one text after another: what can be done once for
     * all of them is done. Good until the weights change. Safe from many threads at once.
     */
    Writer writer();

    /** What writes answers. */
    interface Writer {

        /** Reads sources and stands before the first word of each answer. */
        Decoding decode(Tokens source);
    }

    /** One answer after another grows by a word. */
    interface Decoding {

        /**
         * Appends a token to each row.
         *
         * @param parents [rows], the row of the call before that each continues; in the first call
         *     the sentence. Rows of one sentence stand together, in the sentences' order.
         * @param tokens [rows]
         * @return [rows, vocabulary], log-probabilities of the token after it
         */
        Tensor after(int[] parents, int[] tokens);

        /**
         * The same step, and of its result only the likeliest tokens.
         *
         * @param count of each row, at least 1
         */
        default Likeliest likeliest(int[] parents, int[] tokens, int count) {
            return Likeliest.of(after(parents, tokens), count);
        }
    }
}
