package dev.unroll.text;

/**
 * The treatment of a text's first word by a tokenizer that writes a word together with the space
 * before it.
 */
public enum LeadingSpace {
    /** The first word has no space before it, so it is another token than inside the text. */
    KEPT,

    /**
     * One space is put before the text, so that the first word is the same token as inside the
     * text; decoding takes it away again. An empty text stays empty.
     */
    ADDED;

    String before(String text) {
        return this == ADDED && !text.isEmpty() ? " " + text : text;
    }

    String without(String text) {
        return this == ADDED && text.startsWith(" ") ? text.substring(1) : text;
    }
}
