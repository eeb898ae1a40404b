package dev.unroll.text.pipeline;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The 256 bytes as visible characters (Radford et al. 2019, "Language Models are Unsupervised
 * Multitask Learners", {@code bytes_to_unicode} of its published encoder). Bytes that are visible
 * in Latin-1 stand for themselves; the 68 others take U+0100 and following, in order.
 */
public final class ByteLetters {

    private static final char[] LETTERS = letters();
    private static final short[] BYTES = byteValues();

    private ByteLetters() {}

    private static char[] letters() {
        char[] letters = new char[256];
        char next = 0x100;
        for (int value = 0; value < 256; value++) {
            boolean visible =
                    (value >= '!' && value <= '~')
                            || (value >= 0xA1 && value <= 0xAC)
                            || (value >= 0xAE && value <= 0xFF);
            letters[value] = visible ? (char) value : next++;
        }
        return letters;
    }

    private static short[] byteValues() {
        short[] values = new short[0x144];
        Arrays.fill(values, (short) -1);
        for (short value = 0; value < 256; value++) {
            values[LETTERS[value]] = value;
        }
        return values;
    }

    /**
     * {@return the letter of a byte}
     *
     * @param value from 0 to 255
     */
    public static char letter(int value) {
        return LETTERS[value];
    }

    /**
     * {@return the bytes of letters; null if a character stands for no byte}
     *
     * @param letters such as a token
     */
    @SuppressWarnings("PMD.ReturnEmptyCollectionRatherThanNull")
    public static byte @Nullable [] bytes(String letters) {
        byte[] bytes = new byte[letters.length()];
        for (int i = 0; i < bytes.length; i++) {
            char letter = letters.charAt(i);
            if (letter >= BYTES.length || BYTES[letter] < 0) {
                return null;
            }
            bytes[i] = (byte) BYTES[letter];
        }
        return bytes;
    }

    /**
     * {@return the text with the bytes of its UTF-8 as letters, each from where its character comes
     * from}
     *
     * @param text of any characters
     */
    public static AlignedText spelled(AlignedText text) {
        int length = text.length();
        int ascii = 0;
        boolean changed = false;
        while (ascii < length && text.charAt(ascii) < 0x80) {
            char unit = text.charAt(ascii);
            changed |= LETTERS[unit] != unit;
            ascii++;
        }
        if (ascii < length) {
            return spelledOut(text);
        }
        if (!changed) {
            return text;
        }
        char[] units = new char[length];
        for (int i = 0; i < length; i++) {
            units[i] = LETTERS[text.charAt(i)];
        }
        return text.withUnits(new String(units));
    }

    private static AlignedText spelledOut(AlignedText text) {
        AlignedText.Rewriter rewriter = text.rewriter(0);
        int codePoint;
        for (int i = 0; i < text.length(); i += Character.charCount(codePoint)) {
            codePoint = text.codePointAt(i);
            if (codePoint < 0x80) {
                rewriter.add(LETTERS[codePoint], 0);
            } else if (codePoint < 0x800) {
                rewriter.add(LETTERS[0xC0 | codePoint >> 6], 0);
                rewriter.add(tail(codePoint, 0), 1);
            } else if (codePoint < 0x10000) {
                rewriter.add(LETTERS[0xE0 | codePoint >> 12], 0);
                rewriter.add(tail(codePoint, 6), 1);
                rewriter.add(tail(codePoint, 0), 1);
            } else {
                rewriter.add(LETTERS[0xF0 | codePoint >> 18], 0);
                rewriter.add(tail(codePoint, 12), 1);
                rewriter.add(tail(codePoint, 6), 1);
                rewriter.add(tail(codePoint, 0), 1);
            }
        }
        return rewriter.text();
    }

    private static char tail(int codePoint, int shift) {
        return LETTERS[0x80 | (codePoint >> shift & 0x3F)];
    }
}
