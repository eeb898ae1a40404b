package dev.unroll.text;

import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Places in a normalised text, handed in from first to last, as places in the text as typed. */
final class TokenOffsets {
    private static final Pattern CHARACTER = Pattern.compile("\\X");

    private final String typed;
    private final Normalization normalization;
    private final String normalised;
    private final BitSet characters;
    private final TokenIds ends;
    private int at; // in the text as typed
    private int reached; // the same place in the normalised text
    private int waiting; // those that lie within a character

    TokenOffsets(String typed, Normalization normalization) {
        this.typed = typed;
        this.normalization = normalization;
        this.normalised = normalization.apply(typed);
        this.characters = characters(typed, normalization);
        this.ends = new TokenIds(typed.length() / 3);
    }

    String normalised() {
        return normalised;
    }

    /** The next one, in the normalised text. */
    void add(int place) {
        while (reached < place) {
            int end = end(at);
            reached += normalization.apply(typed.substring(at, end)).length();
            at = end;
        }
        waiting++;
        for (; reached == place && waiting > 0; waiting--) {
            ends.add(at);
        }
    }

    /** The end of the character at a place, which is normalised by itself. */
    private int end(int place) {
        return normalization.form().isEmpty()
                ? place + Character.charCount(typed.codePointAt(place))
                : characters.nextSetBit(place + 1);
    }

    /**
     * The ends of parts of a text that are normalised each by itself: characters as people see
     * them, with their accents; the whole text where these are not.
     */
    private static BitSet characters(String typed, Normalization normalization) {
        BitSet ends = new BitSet();
        if (normalization.form().isEmpty()) {
            return ends;
        }
        StringBuilder parts = new StringBuilder();
        Matcher characters = CHARACTER.matcher(typed);
        while (characters.find()) {
            parts.append(normalization.inForm(characters.group()));
            ends.set(characters.end());
        }
        if (!parts.toString().equals(normalization.inForm(typed))) {
            ends.clear();
        }
        ends.set(typed.length());
        return ends;
    }

    /** The next one, which lies within a character: it counts as the first that does not. */
    void addWithin() {
        waiting++;
    }

    int[] toArray() {
        return ends.toArray();
    }
}
