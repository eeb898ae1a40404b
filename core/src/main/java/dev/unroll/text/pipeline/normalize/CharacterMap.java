package dev.unroll.text.pipeline.normalize;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * SentencePiece's table of replacements ({@code precompiled_charsmap}): a trie over the bytes of
 * UTF-8 as a double array of Darts-clone, and the replacements behind each other, each ended by a
 * zero byte.
 */
public final class CharacterMap {

    private static final int HEADER = Integer.BYTES;

    private final int[] units;
    private final byte[] replacements;

    /**
     * A table.
     *
     * @param bytes as SentencePiece writes them
     * @throws IllegalArgumentException if they are cut off or the replacements are not UTF-8
     */
    public CharacterMap(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length < HEADER) {
            throw new IllegalArgumentException(
                    "the table of replacements has %d bytes; at least 4 are needed"
                            .formatted(bytes.length));
        }
        long size = Integer.toUnsignedLong(buffer.getInt());
        if (size % Integer.BYTES != 0 || size > bytes.length - HEADER || size == 0) {
            throw new IllegalArgumentException(
                    "the table of replacements has %d bytes and claims a trie of %d"
                            .formatted(bytes.length, size));
        }
        units = new int[(int) size / Integer.BYTES];
        buffer.asIntBuffer().get(units);
        replacements = java.util.Arrays.copyOfRange(bytes, HEADER + (int) size, bytes.length);
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(replacements));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the table's replacements are not UTF-8", e);
        }
    }

    /** Takes matches; returns whether to go on. */
    interface Match {
        boolean at(int length, int replacement);
    }

    /** Finds the beginnings of some bytes that the table has, shortest first. */
    void prefixes(byte[] text, int from, int to, Match match) {
        int node = offset(units[0]);
        for (int i = from; i < to; i++) {
            int label = text[i] & 0xFF;
            if (label == 0) {
                return;
            }
            node ^= label;
            if (node < 0 || node >= units.length) {
                return;
            }
            int unit = units[node];
            if ((unit & 0x800000FF) != label) {
                return;
            }
            node ^= offset(unit);
            if ((unit >>> 8 & 1) == 1) {
                if (node < 0 || node >= units.length) {
                    return;
                }
                if (!match.at(i + 1 - from, units[node] & 0x7FFFFFFF)) {
                    return;
                }
            }
        }
    }

    private static int offset(int unit) {
        return (unit >>> 10) << ((unit & 1 << 9) >>> 6);
    }

    /** The replacement at a place of the table. */
    String replacement(int at) {
        if (at >= replacements.length) {
            return "";
        }
        int end = at;
        while (end < replacements.length && replacements[end] != 0) {
            end++;
        }
        return new String(replacements, at, end - at, StandardCharsets.UTF_8);
    }
}
