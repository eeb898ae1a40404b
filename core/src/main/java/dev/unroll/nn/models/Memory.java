package dev.unroll.nn.models;

import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import java.util.List;

/**
 * The output of an encoder, as a decoder sees it.
 *
 * @param rows the rows that the decoder attends to, [source tokens, width]; sequence i of them
 *     belongs to sequence i of the output
 * @param last the last state of each layer of a recurrent encoder, [batch, width]; an empty list
 *     for other encoders
 */
public record Memory(Sequences rows, List<Tensor> last) {
    public Memory {
        last = List.copyOf(last);
    }

    /** Rows of an encoder that is not recurrent, such as the grid positions of an image. */
    public static Memory of(Sequences rows) {
        return new Memory(rows, List.of());
    }
}
