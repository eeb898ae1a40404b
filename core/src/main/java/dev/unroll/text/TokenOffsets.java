package dev.unroll.text;

/** Places in a normalised text, handed in from first to last, as places in the text as typed. */
final class TokenOffsets {

    private final String typed;
    private final Normalization normalization;
    private final String normalised;
    private final TokenIds ends;
    private int at; // in the text as typed
    private int reached; // the same place in the normalised text
    private int waiting; // those that lie within a character

    TokenOffsets(String typed, Normalization normalization) {
        this.typed = typed;
        this.normalization = normalization;
        this.normalised = normalization.apply(typed);
        this.ends = new TokenIds(typed.length() / 3);
    }

    String normalised() {
        return normalised;
    }

    /** The next one, in the normalised text. */
    void add(int place) {
        while (reached < place) {
            String character = Character.toString(typed.codePointAt(at));
            reached += normalization.apply(character).length();
            at += character.length();
        }
        waiting++;
        for (; reached == place && waiting > 0; waiting--) {
            ends.add(at);
        }
    }

    /** The next one, which lies within a character: it counts as the first that does not. */
    void addWithin() {
        waiting++;
    }

    int[] toArray() {
        return ends.toArray();
    }
}
