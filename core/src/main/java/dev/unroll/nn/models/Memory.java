package dev.unroll.nn.models;

import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import java.util.List;

/**
 * The encoded source sequences, as a decoder sees them.
 *
 * @param rows [tokens, width], which the decoder attends to; a sequence for each that is written
 * @param last for each layer of a recurrent encoder, its last state [batch, width]; an empty list
 *     where nothing recurrent has read
 */
public record Memory(Sequences rows, List<Tensor> last) {
    public Memory {
        last = List.copyOf(last);
    }

    /** Rows that nothing recurrent has made, such as those of an image's cells. */
    public static Memory of(Sequences rows) {
        return new Memory(rows, List.of());
    }
}
