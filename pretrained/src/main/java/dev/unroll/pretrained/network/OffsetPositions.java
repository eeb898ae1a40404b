package dev.unroll.pretrained.network;

import dev.unroll.nn.layers.Positions;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;

/**
 * A learnt row for each position, of which the first ones are not used: RoBERTa counts from the
 * number behind the padding token's, and BART from 2.
 *
 * @param weight [first + longest, width]
 * @param first the row of position 0
 */
public record OffsetPositions(Parameter weight, int first) implements Positions {
    /** Requires a row at least. */
    public OffsetPositions {
        if (first < 0 || first >= weight.shape().dim(0)) {
            throw new IllegalArgumentException(
                    "the first position is row %d of %d".formatted(first, weight.shape().dim(0)));
        }
    }

    @Override
    public int longest() {
        return weight.shape().dim(0) - first;
    }

    @Override
    public Tensor addTo(Tensor embeddings, int[] positions) {
        int[] rows = new int[positions.length];
        for (int i = 0; i < rows.length; i++) {
            if (positions[i] >= longest()) {
                throw new IllegalArgumentException(
                        "position %d: positions were learnt only up to %d"
                                .formatted(positions[i], longest() - 1));
            }
            rows[i] = first + positions[i];
        }
        return embeddings.plus(weight.value().gather(rows));
    }
}
