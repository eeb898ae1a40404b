package dev.unroll.text.pipeline;

import java.util.Arrays;
import java.util.List;

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
     * {@return special tokens, which stand nowhere in a text}
     *
     * @param ids of the tokens
     * @param type of all of them
     */
    public static Encoding special(int[] ids, int type) {
        boolean[] special = new boolean[ids.length];
        Arrays.fill(special, true);
        return new Encoding(
                        ids,
                        new int[ids.length],
                        new int[ids.length],
                        new int[ids.length],
                        special,
                        false)
                .withType(type);
    }

    /**
     * {@return these tokens with other places in the text}
     *
     * @param newStarts where they begin
     * @param newEnds where they end
     */
    public Encoding withPlaces(int[] newStarts, int[] newEnds) {
        return new Encoding(ids, types, newStarts, newEnds, special, truncated);
    }

    /**
     * {@return encodings behind each other}
     *
     * @param parts in order
     */
    public static Encoding joined(List<Encoding> parts) {
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        int size = parts.stream().mapToInt(Encoding::size).sum();
        Encoding all =
                new Encoding(
                        new int[size],
                        new int[size],
                        new int[size],
                        new int[size],
                        new boolean[size],
                        parts.stream().anyMatch(Encoding::truncated));
        int at = 0;
        for (Encoding part : parts) {
            System.arraycopy(part.ids, 0, all.ids, at, part.size());
            System.arraycopy(part.types, 0, all.types, at, part.size());
            System.arraycopy(part.starts, 0, all.starts, at, part.size());
            System.arraycopy(part.ends, 0, all.ends, at, part.size());
            System.arraycopy(part.special, 0, all.special, at, part.size());
            at += part.size();
        }
        return all;
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
