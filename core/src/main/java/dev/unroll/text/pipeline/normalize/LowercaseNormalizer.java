package dev.unroll.text.pipeline.normalize;

import dev.unroll.text.pipeline.AlignedText;
import dev.unroll.text.pipeline.Normalizer;

/**
 * Makes every character its Unicode lower case, whatever the language of the machine and whatever
 * stands around it: a capital sigma becomes σ at the end of a word too.
 */
public record LowercaseNormalizer() implements Normalizer {

    private static final int CAPITAL_I_WITH_DOT = 0x130;

    @Override
    public AlignedText normalize(AlignedText text) {
        return lowercase(text);
    }

    static AlignedText lowercase(AlignedText text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == CAPITAL_I_WITH_DOT) {
                return lengthened(text);
            }
        }
        return Rewriting.map(text, Character::toLowerCase);
    }

    /** The one character whose lower case is two characters. */
    private static AlignedText lengthened(AlignedText text) {
        AlignedText.Rewriter rewriter = text.rewriter(0);
        int codePoint;
        for (int i = 0; i < text.length(); i += Character.charCount(codePoint)) {
            codePoint = text.codePointAt(i);
            if (codePoint == CAPITAL_I_WITH_DOT) {
                rewriter.add('i', 0);
                rewriter.add(0x307, 1);
            } else {
                rewriter.add(Character.toLowerCase(codePoint), 0);
            }
        }
        return rewriter.text();
    }

    /** The lower case of a text of ASCII. */
    static AlignedText ascii(AlignedText text) {
        int first = 0;
        while (first < text.length() && !isCapital(text.charAt(first))) {
            first++;
        }
        if (first == text.length()) {
            return text;
        }
        char[] units = new char[text.length()];
        for (int i = 0; i < units.length; i++) {
            char unit = text.charAt(i);
            units[i] = isCapital(unit) ? (char) (unit + ('a' - 'A')) : unit;
        }
        return text.withUnits(new String(units));
    }

    private static boolean isCapital(char unit) {
        return unit >= 'A' && unit <= 'Z';
    }
}
