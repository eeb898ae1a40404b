package dev.unroll.decode;

/**
 * The most probable tokens of each row, the most probable first. Rank i of row r stands at {@code
 * r·count + i}; of equally probable tokens the smallest is first.
 *
 * @param count of each row, at least 1
 * @param vocabulary out of how many tokens
 * @param logs [rows·count], natural logarithms of the probabilities: at most 0; negative infinity
 *     for a token that must not come; NaN throughout a row whose logits hold a NaN
 * @param tokens [rows·count]
 */
@SuppressWarnings("ArrayRecordComponent") // read-only by convention; a step makes a new one
public record TopK(int count, int vocabulary, float[] logs, int[] tokens) {

    /** Out of whole rows [rows][vocabulary] that hold numbers only. */
    static TopK of(float[][] rows, int count) {
        int vocabulary = rows[0].length;
        int given = Math.min(count, vocabulary);
        float[] logs = new float[rows.length * given];
        int[] tokens = new int[logs.length];
        for (int r = 0; r < rows.length; r++) {
            if (given == 1) {
                tokens[r] = Greedy.mostProbable(rows[r]);
                logs[r] = rows[r][tokens[r]];
                continue;
            }
            TopKHeap best = TopKHeap.of(rows[r], given);
            for (int i = 0; i < given; i++) {
                boolean taken = i < best.size();
                tokens[r * given + i] = taken ? (int) best.place(i) : 0;
                logs[r * given + i] = taken ? (float) best.value(i) : Float.NEGATIVE_INFINITY;
            }
        }
        return new TopK(given, vocabulary, logs, tokens);
    }
}
