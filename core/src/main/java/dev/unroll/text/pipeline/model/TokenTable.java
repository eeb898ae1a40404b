package dev.unroll.text.pipeline.model;

import java.security.SecureRandom;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a vocabulary and their ids, which finds the id of a part of a text without making a
 * string of it. Immutable.
 *
 * <p>The hash of a text is a polynomial over its units, so that the hashes of all its parts follow
 * from those of its beginnings. Its factor is drawn anew in each process: nobody can write a file
 * whose tokens collide.
 */
public final class TokenTable {

    private static final long FACTOR = new SecureRandom().nextLong() | 1;

    private final String[] keys;
    private final int[] values;
    private final long[] hashes;
    private final int mask;
    private final @Nullable String[] tokens;
    private final int size;
    private final int longest;

    /**
     * A table.
     *
     * @param ids of the tokens, from 0 to below {@code limit}
     * @param limit of ids; memory of this size is taken
     * @throws IllegalArgumentException if an id lies outside
     */
    public TokenTable(Map<String, Integer> ids, int limit) {
        int capacity = Integer.highestOneBit(Math.max(8, ids.size() * 2 - 1)) * 2;
        keys = new String[capacity];
        values = new int[capacity];
        hashes = new long[capacity];
        mask = capacity - 1;
        size = ids.size();
        int most = -1;
        int length = 0;
        for (Map.Entry<String, Integer> entry : ids.entrySet()) {
            int id = entry.getValue();
            if (id < 0 || id >= limit) {
                throw new IllegalArgumentException(
                        "token '%s' has the id %d; ids are at least 0 and below %d"
                                .formatted(entry.getKey(), id, limit));
            }
            most = Math.max(most, id);
            length = Math.max(length, entry.getKey().length());
            put(entry.getKey(), id);
        }
        longest = length;
        tokens = new String[most + 1];
        ids.forEach((token, id) -> tokens[id] = token);
    }

    private void put(String key, int id) {
        long hash = hash(key, 0, key.length());
        int at = slot(hash);
        while (keys[at] != null) {
            at = (at + 1) & mask;
        }
        keys[at] = key;
        values[at] = id;
        hashes[at] = hash;
    }

    private int slot(long hash) {
        long mixed = hash * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32) & mask;
    }

    /** The factor of the polynomial. */
    static long factor() {
        return FACTOR;
    }

    /** The hash of a part of a text. */
    static long hash(CharSequence text, int from, int to) {
        long hash = 0;
        for (int i = from; i < to; i++) {
            hash = append(hash, text.charAt(i));
        }
        return hash;
    }

    /** The hash of a text with one more unit. */
    static long append(long hash, char unit) {
        return hash * FACTOR + unit + 1;
    }

    /**
     * The id of a part of a text behind a prefix.
     *
     * @param hash of prefix and part together
     * @return the id; −1 if there is no such token
     */
    int find(long hash, String prefix, CharSequence text, int from, int to) {
        int at = slot(hash);
        while (true) {
            String key = keys[at];
            if (key == null) {
                return -1;
            }
            if (hashes[at] == hash && isKey(key, prefix, text, from, to)) {
                return values[at];
            }
            at = (at + 1) & mask;
        }
    }

    private static boolean isKey(String key, String prefix, CharSequence text, int from, int to) {
        int skip = prefix.length();
        if (key.length() != skip + to - from || !key.startsWith(prefix)) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (key.charAt(skip + i - from) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /**
     * {@return the id of a part of a text; −1 if there is no such token}
     *
     * @param text to be looked at
     * @param from the first unit
     * @param to behind the last
     */
    public int find(CharSequence text, int from, int to) {
        return find(hash(text, from, to), "", text, from, to);
    }

    /**
     * {@return the id of a token, if there is such a token}
     *
     * @param token as the vocabulary writes it
     */
    public OptionalInt id(String token) {
        int id = find(token, 0, token.length());
        return id < 0 ? OptionalInt.empty() : OptionalInt.of(id);
    }

    /**
     * {@return the token of an id; null if there is none}
     *
     * @param id any
     */
    public @Nullable String token(int id) {
        return id < 0 || id >= tokens.length ? null : tokens[id];
    }

    /** {@return how many tokens there are} */
    public int size() {
        return size;
    }

    /** {@return the largest id; −1 without tokens} */
    public int largestId() {
        return tokens.length - 1;
    }

    /** {@return the length of the longest token, in UTF-16 units} */
    public int longest() {
        return longest;
    }
}
