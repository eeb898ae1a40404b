package dev.unroll.text;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A change of a text before it is cut into tokens: a normalisation form of Unicode (Unicode
 * Standard Annex 15), then lower case, each or neither.
 *
 * <p>A form makes one text of those that look alike: NFC has é as one character and NFD as e with
 * an accent behind it; NFKC and NFKD also replace characters such as ﬁ or Ａ by the usual ones.
 *
 * <p>In lower case every character becomes its Unicode lower-case form, whatever the language of
 * the machine and whatever stands around it: a Greek capital sigma becomes σ at the end of a word
 * too. (This is what the normalizer {@code Lowercase} of Hugging Face's tokenizers does.)
 *
 * <p>Whichever it is, half a surrogate pair, which is no character and which UTF-8 cannot write,
 * becomes U+FFFD, the replacement character.
 */
public enum Normalization {
    /** The text stays as it is written. */
    NONE(null, false),
    /** Lower case. */
    LOWERCASE(null, true),
    /** Composed characters. */
    NFC(Normalizer.Form.NFC, false),
    /** Composed characters, then lower case. */
    NFC_LOWERCASE(Normalizer.Form.NFC, true),
    /** Decomposed characters. */
    NFD(Normalizer.Form.NFD, false),
    /** Decomposed characters, then lower case. */
    NFD_LOWERCASE(Normalizer.Form.NFD, true),
    /** Usual characters, composed. */
    NFKC(Normalizer.Form.NFKC, false),
    /** Usual characters, composed, then lower case. */
    NFKC_LOWERCASE(Normalizer.Form.NFKC, true),
    /** Usual characters, decomposed. */
    NFKD(Normalizer.Form.NFKD, false),
    /** Usual characters, decomposed, then lower case. */
    NFKD_LOWERCASE(Normalizer.Form.NFKD, true);

    private static final int REPLACEMENT = 0xFFFD;
    private static final int CAPITAL_I_WITH_DOT = 0x130;

    private final Normalizer.@Nullable Form form;
    private final boolean lowercases;

    Normalization(Normalizer.@Nullable Form form, boolean lowercases) {
        this.form = form;
        this.lowercases = lowercases;
    }

    /**
     * {@return a form of Unicode and lower case together}
     *
     * @param form of Unicode; empty for none
     * @param lowercases whether lower case follows
     */
    public static Normalization of(Optional<Normalizer.Form> form, boolean lowercases) {
        return Arrays.stream(values())
                .filter(one -> one.form().equals(form) && one.lowercases == lowercases)
                .findFirst()
                .orElseThrow();
    }

    /** {@return the form of Unicode, if there is one} */
    public Optional<Normalizer.Form> form() {
        return Optional.ofNullable(form);
    }

    /** {@return whether a text becomes lower case} */
    public boolean lowercases() {
        return lowercases;
    }

    /**
     * {@return the text in the form of Unicode, in upper and lower case as it was}
     *
     * @param text as it was typed
     */
    public String inForm(String text) {
        return form == null ? text : Normalizer.normalize(text, form);
    }

    /**
     * {@return the text as the tokenizer sees it}
     *
     * @param typed as it was typed
     */
    public String apply(String typed) {
        String text = inForm(typed);
        int unchanged = 0;
        while (unchanged < text.length() && isPlain(text.charAt(unchanged))) {
            unchanged++;
        }
        if (unchanged == text.length()) {
            return text;
        }
        StringBuilder normalised = new StringBuilder(text.length()).append(text, 0, unchanged);
        int codePoint;
        for (int i = unchanged; i < text.length(); i += Character.charCount(codePoint)) {
            codePoint = text.codePointAt(i);
            append(codePoint, normalised);
        }
        return normalised.toString();
    }

    /** {@return whether this UTF-16 unit surely stays as it is} */
    private boolean isPlain(char c) {
        return lowercases ? c < 'A' || (c > 'Z' && c < 0x80) : !Character.isSurrogate(c);
    }

    private void append(int codePoint, StringBuilder normalised) {
        boolean half = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
        if (half) {
            normalised.appendCodePoint(REPLACEMENT);
        } else if (lowercases && codePoint == CAPITAL_I_WITH_DOT) {
            normalised.append("i\u0307"); // the one character whose lower case is two characters
        } else {
            normalised.appendCodePoint(lowercases ? Character.toLowerCase(codePoint) : codePoint);
        }
    }
}
