package dev.unroll.nn;

import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;

/**
 * A network that writes one sequence while it looks at the rows of another, whatever made those:
 * the cells of a picture, or a single row that sums it up.
 */
public sealed interface WordDecoder permits RecurrentWordDecoder, TransformerWordDecoder {

    /**
     * The mean cross-entropy of a batch.
     *
     * @param memory what is looked at, rows [from, width]; a sequence for each one that is written
     * @param before what is written, each with the start token in front
     * @param after [tokens] what should be said there: each with the end token behind
     */
    Tensor loss(Sequences memory, Tokens before, int[] after, Mode mode);

    /** Of every place of a batch, numbers whose softmax says what comes there. */
    Tensor logits(Sequences memory, Tokens before, Mode mode);

    /**
     * The network as it is now, ready to write one batch after another. Good until the weights
     * change. Safe from many threads at once.
     */
    Writer writer();

    /** What writes. */
    interface Writer {

        /** Stands before the first word of each sequence. */
        EncoderDecoder.Decoding decode(Sequences memory);
    }

    /**
     * How much each place looks at each row of its memory.
     *
     * @param memory of one sequence, rows [from, width]
     * @param before what was written, with the start token in front
     * @return [tokens of before, from], each row sums to 1
     */
    Tensor looks(Sequences memory, Tokens before);
}
