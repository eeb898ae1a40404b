package dev.unroll.text.pipeline;

import java.util.Arrays;

/**
 * The tokens of a text, or of two.
 *
 * @param ids of the tokens
 * @param types of the tokens: which of the two texts each belongs to, as the post-processor numbers
 *     them
 * @param starts of the tokens in the original text they belong to, in UTF-16 units; 0 for a token
 *     that the post-processor added
 * @param ends behind the tokens, likewise
 * @param special whether the post-processor added the token
 * @param truncated whether tokens were cut off
 */
@SuppressWarnings("ArrayRecordComponent") // compared and printed by their contents below
public record Encoding(
        int[] ids, int[] types, int[] starts, int[] ends, boolean[] special, boolean truncated) {

    /** Checks that all have the same length. */
    public Encoding {
        int length = ids.length;
        if (types.length != length
                || starts.length != length
                || ends.length != length
                || special.length != length) {
            throw new IllegalArgumentException(
                    "%d ids, %d types, %d starts, %d ends, %d special flags; as many of each are needed"
                            .formatted(
                                    length,
                                    types.length,
                                    starts.length,
                                    ends.length,
                                    special.length));
        }
    }

    /**
     * {@return tokens of one text, none of them special}
     *
     * @param tokens of the text
     * @param type of all of them
     */
    static Encoding of(TokenList tokens, int type) {
        int[] types = new int[tokens.size()];
        Arrays.fill(types, type);
        return new Encoding(
                tokens.ids(),
                types,
                tokens.starts(),
                tokens.ends(),
                new boolean[tokens.size()],
                false);
    }

    /** {@return how many tokens there are} */
    public int size() {
        return ids.length;
    }

    /**
     * {@return the tokens from one place to another}
     *
     * @param from the first
     * @param to behind the last
     */
    public Encoding slice(int from, int to) {
        return new Encoding(
                Arrays.copyOfRange(ids, from, to),
                Arrays.copyOfRange(types, from, to),
                Arrays.copyOfRange(starts, from, to),
                Arrays.copyOfRange(ends, from, to),
                Arrays.copyOfRange(special, from, to),
                truncated || from > 0 || to < ids.length);
    }

    /**
     * {@return the same tokens with one type}
     *
     * @param type of all of them
     */
    public Encoding withType(int type) {
        int[] same = new int[ids.length];
        Arrays.fill(same, type);
        return new Encoding(ids, same, starts, ends, special, truncated);
    }

    /**
     * {@return these tokens with others behind them}
     *
     * @param next to follow
     */
    public Encoding then(Encoding next) {
        int length = size() + next.size();
        boolean[] flags = Arrays.copyOf(special, length);
        System.arraycopy(next.special, 0, flags, size(), next.size());
        return new Encoding(
                joined(ids, next.ids),
                joined(types, next.types),
                joined(starts, next.starts),
                joined(ends, next.ends),
                flags,
                truncated || next.truncated);
    }

    private static int[] joined(int[] first, int[] second) {
        int[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Encoding that
                && Arrays.equals(ids, that.ids)
                && Arrays.equals(types, that.types)
                && Arrays.equals(starts, that.starts)
                && Arrays.equals(ends, that.ends)
                && Arrays.equals(special, that.special)
                && truncated == that.truncated;
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(ids) + Arrays.hashCode(ends);
    }

    @Override
    public String toString() {
        return "Encoding[ids=%s, types=%s, starts=%s, ends=%s, special=%s, truncated=%s]"
                .formatted(
                        Arrays.toString(ids),
                        Arrays.toString(types),
                        Arrays.toString(starts),
                        Arrays.toString(ends),
                        Arrays.toString(special),
                        truncated);
    }
}
