package dev.unroll.text.pipeline;

import java.util.BitSet;

/** A set of characters, written as ranges such as {@code "7FD 897-89F"}. Immutable. */
public final class CodePointSet {

    private final BitSet members = new BitSet();
    private final int least;

    /**
     * A set.
     *
     * @param ranges hexadecimal code points or pairs of them with - between, with spaces between
     */
    public CodePointSet(String ranges) {
        for (String range : ranges.strip().split("\\s+", -1)) {
            int dash = range.indexOf('-');
            int from = Integer.parseInt(dash < 0 ? range : range.substring(0, dash), 16);
            int to = dash < 0 ? from : Integer.parseInt(range.substring(dash + 1), 16);
            members.set(from, to + 1);
        }
        least = members.nextSetBit(0);
    }

    /**
     * {@return whether a character is in the set}
     *
     * @param codePoint of the character
     */
    public boolean contains(int codePoint) {
        return codePoint >= least && members.get(codePoint);
    }
}
