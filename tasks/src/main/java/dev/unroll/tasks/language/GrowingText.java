package dev.unroll.tasks.language;

import dev.unroll.tasks.model.WriterTokens;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * A text that grows token by token and is handed out in whole characters. The pieces put together
 * are the text of all tokens, wherever the tokens cut the bytes of a character; only where a wrong
 * byte spoils characters before it (ByteFallback) do those stay that have been handed out. For use
 * by one thread.
 */
final class GrowingText {
    /** The replacement character, which a decoder shows for the bytes of half a character. */
    private static final char INCOMPLETE = '\uFFFD';

    /** The most bytes of a character that is not whole, each of which may be shown. */
    private static final int MOST_BYTES = 3;

    /** Tokens that are looked at together while no character becomes whole. */
    private static final int PATIENCE = 64;

    /** Tokens that surely end with all the bytes of a character that is not whole. */
    private static final int KEPT = 8;

    private final WriterTokens tokens;
    private final Consumer<String> pieces;
    private final int[] ids;
    private int length;
    private int from; // of the tokens that are shown together
    private int whole; // behind the last of them that ended with a character
    private String told; // what has been handed out of their text

    /**
     * A text.
     *
     * @param tokens shows them
     * @param given the first tokens, which are not handed out
     * @param most tokens that may follow
     * @param pieces takes what is new
     */
    GrowingText(WriterTokens tokens, int[] given, int most, Consumer<String> pieces) {
        this.tokens = tokens;
        this.pieces = pieces;
        this.ids = Arrays.copyOf(given, given.length + most);
        this.length = given.length;
        this.whole = length;
        this.told = shown(0);
    }

    /** {@return how many tokens there are} */
    int length() {
        return length;
    }

    /** {@return the last token} */
    int last() {
        return ids[length - 1];
    }

    /** {@return the tokens from a place to before the last} */
    int[] beforeLast(int place) {
        return Arrays.copyOfRange(ids, place, length - 1);
    }

    /** Adds a token, and hands out the characters that are whole by it. */
    void append(int token) {
        ids[length++] = token;
        boolean late = length - from > PATIENCE;
        String text = shown(from);
        int waiting = waiting(text);
        if ((waiting == 0 || late) && !text.startsWith(told)) {
            text = behindWhole();
            waiting = waiting(text);
        }
        if (waiting == 0) {
            tell(text);
            from = whole;
            whole = length;
            told = shown(from);
            return;
        }
        String certain = text.substring(0, text.length() - waiting);
        if (certain.startsWith(told)) { // bytes may spoil those before them, until they are whole
            tell(certain);
        }
        if (late) {
            from = length - KEPT;
            String last = shown(from);
            told = last.substring(0, Math.max(0, last.length() - waiting));
        }
    }

    /** Hands out what is left, whole or not. */
    void end() {
        String text = shown(from);
        tell(text.startsWith(told) ? text : behindWhole());
    }

    /**
     * The text of the tokens behind the last character that was whole. One wrong byte spoils all
     * bytes beside it in some tokenizers (ByteFallback), also those of characters that have been
     * handed out.
     */
    private String behindWhole() {
        from = whole;
        told = "";
        return shown(from);
    }

    private String shown(int place) {
        return tokens.show(Arrays.copyOfRange(ids, place, length));
    }

    private void tell(String text) {
        if (text.length() > told.length()) {
            pieces.accept(text.substring(told.length()));
            told = text;
        }
    }

    /** {@return the number of characters at the end of a text that the next token may replace} */
    private static int waiting(String text) {
        int waiting = 0;
        while (waiting < Math.min(MOST_BYTES, text.length())
                && text.charAt(text.length() - 1 - waiting) == INCOMPLETE) {
            waiting++;
        }
        return waiting;
    }
}
