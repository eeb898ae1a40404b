package dev.unroll.nn.models;

import dev.unroll.nn.Mode;
import dev.unroll.nn.Parameters;
import dev.unroll.tensor.Tokens;

/**
 * A network that reads sequences of tokens for a {@link SequenceDecoder}. An implementation is a
 * record whose components are its parameters and layers, so that {@link Parameters} finds them.
 */
public interface Encoder {

    /** Reads a batch of sequences. */
    Memory encode(Tokens source, Mode mode);

    /** {@return how many tokens of a sequence are read at most; by default any number} */
    default int longest() {
        return Integer.MAX_VALUE;
    }

    /** {@return the numbers in a row of the memory, for which a decoder is built} */
    int width();
}
