package dev.unroll.tensor;

import java.util.Arrays;
import java.util.List;

/**
 * A batch of sequences of token numbers laid end to end.
 *
 * @param ids [tokens]
 * @param layout which of them belong to which sequence
 */
@SuppressWarnings("ArrayRecordComponent") // read-only by convention
public record Tokens(int[] ids, Layout layout) {
    public Tokens {
        if (ids.length != layout.tokens()) {
            throw new IllegalArgumentException(
                    ids.length + " token numbers for a layout of " + layout.tokens());
        }
    }

    /** Sequences one after another. */
    public static Tokens of(List<int[]> sequences) {
        int[] lengths = sequences.stream().mapToInt(s -> s.length).toArray();
        int[] ids = sequences.stream().flatMapToInt(Arrays::stream).toArray();
        return new Tokens(ids, Layout.of(lengths));
    }

    /** One sequence by itself. */
    public int[] sequence(int s) {
        return Arrays.copyOfRange(ids, layout.offsets()[s], layout.offsets()[s + 1]);
    }

    /** Every sequence with a token put before its first: what a decoder reads. */
    public Tokens startingWith(int token) {
        return with(token, true);
    }

    /** Every sequence with a token put after its last: what a decoder should say. */
    public Tokens endingWith(int token) {
        return with(token, false);
    }

    private Tokens with(int token, boolean before) {
        int[] longer = layout.lengths();
        Arrays.setAll(longer, s -> longer[s] + 1);
        Layout wider = Layout.of(longer);
        int[] all = new int[wider.tokens()];
        for (int s = 0; s < layout.batch(); s++) {
            int to = wider.offsets()[s];
            int end = wider.offsets()[s + 1];
            System.arraycopy(ids, layout.offsets()[s], all, before ? to + 1 : to, layout.length(s));
            all[before ? to : end - 1] = token;
        }
        return new Tokens(all, wider);
    }
}
