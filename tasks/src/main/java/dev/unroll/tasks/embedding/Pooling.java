package dev.unroll.tasks.embedding;

import dev.unroll.nn.models.SequencePooling;

/** How one vector is made of the rows of a text's tokens (Reimers and Gurevych 2019, section 3). */
public enum Pooling {
    /** The mean of all rows. */
    MEAN,
    /** The row of the first token, which is BERT's [CLS]. */
    FIRST,
    /** The row of the last token, for models in which a token sees only those before it. */
    LAST;

    /** {@return the same with a derivative, to be trained through} */
    SequencePooling layer() {
        return switch (this) {
            case MEAN -> new SequencePooling.Mean();
            case FIRST -> new SequencePooling.First();
            case LAST -> new SequencePooling.Last();
        };
    }

    /**
     * Pools one text.
     *
     * @param rows of all texts, [tokens, width]
     * @param from the text's first row
     * @param to behind its last row
     * @param width of a row
     * @return [width]; zeroes for a text without tokens
     */
    float[] pool(float[] rows, int from, int to, int width) {
        float[] vector = new float[width];
        if (from == to) {
            return vector;
        }
        switch (this) {
            case FIRST -> System.arraycopy(rows, from * width, vector, 0, width);
            case LAST -> System.arraycopy(rows, (to - 1) * width, vector, 0, width);
            case MEAN -> {
                for (int r = from; r < to; r++) {
                    for (int i = 0, at = r * width; i < width; i++, at++) {
                        vector[i] += rows[at];
                    }
                }
                for (int i = 0; i < width; i++) {
                    vector[i] /= to - from;
                }
            }
        }
        return vector;
    }
}
