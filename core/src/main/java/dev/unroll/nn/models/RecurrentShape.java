package dev.unroll.nn.models;

import dev.unroll.nn.attention.Alignment;
import java.util.Optional;

/**
 * The size and the kind of a recurrent encoder-decoder.
 *
 * @param width of a token's row
 * @param hidden numbers in a layer's state
 * @param layers of the encoder and of the decoder
 * @param bidirectional whether the encoder reads both ways
 * @param alignment the score of the decoder's attention; empty: it knows a summary alone
 * @param dropout on embeddings, states and before the output
 */
public record RecurrentShape(
        int width,
        int hidden,
        int layers,
        boolean bidirectional,
        Optional<Alignment.Kind> alignment,
        double dropout) {
    public RecurrentShape {
        if (width < 1 || hidden < 1 || layers < 1) {
            throw new IllegalArgumentException(
                    "width, hidden and layers are at least 1, not %d, %d, %d"
                            .formatted(width, hidden, layers));
        }
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException("dropout: in [0, 1), not " + dropout);
        }
        if (bidirectional && alignment.equals(Optional.of(Alignment.Kind.DOT))) {
            throw new IllegalArgumentException(
                    ("alignment: DOT compares states of one width, and an encoder that reads"
                                    + " both ways has %d numbers, its decoder %d; use GENERAL or"
                                    + " ADDITIVE, or read one way")
                            .formatted(2 * hidden, hidden));
        }
    }

    /** Numbers in a row of the encoder's output. */
    int read() {
        return bidirectional ? 2 * hidden : hidden;
    }
}
