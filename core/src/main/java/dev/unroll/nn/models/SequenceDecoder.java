package dev.unroll.nn.models;

import dev.unroll.nn.Mode;
import dev.unroll.nn.layers.Output;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;

/**
 * A network that writes one sequence while it knows the rows of another, whatever made those: an
 * {@link Encoder} of tokens, or the grid positions of an image's feature map. It is trained with
 * the right tokens before each token (teacher forcing), and used one token at a time.
 */
public interface SequenceDecoder {

    /**
     * The rows before the output.
     *
     * @param memory what is known, with a sequence for each one that is written
     * @param before what is written, each with the start token in front
     * @return [tokens of before, width]
     */
    Tensor forward(Memory memory, Tokens before, Mode mode);

    /** From those rows to a number for each token of the vocabulary. */
    Output output();

    /**
     * The mean cross-entropy of a batch: that of its {@link #logits}, which are never all held.
     *
     * @param memory what is known, with a sequence for each one that is written
     * @param before what is written, each with the start token in front
     * @param after [tokens] what should be said there: each with the end token behind
     */
    default Tensor loss(Memory memory, Tokens before, int[] after, Mode mode) {
        return output().loss(forward(memory, before, mode), after, mode);
    }

    /**
     * [tokens of before, vocabulary], numbers whose softmax is the distribution of what follows.
     */
    default Tensor logits(Memory memory, Tokens before, Mode mode) {
        return output().logits(forward(memory, before, mode));
    }

    /**
     * {@return how many tokens are written at most, the end token counted; by default any number}
     */
    default int longest() {
        return Integer.MAX_VALUE;
    }

    /** Stands before the first token of each sequence. */
    Decoding decode(Memory memory);

    /**
     * The attention weights of each place that is written over the rows of its memory.
     *
     * @param memory of one sequence, rows [from, width]
     * @param before what was written, with the start token in front
     * @return [tokens of before, from], each row sums to 1
     */
    Tensor attentionWeights(Memory memory, Tokens before);
}
