package dev.unroll.text.pipeline.normalize;

import dev.unroll.text.pipeline.AlignedText;
import dev.unroll.text.pipeline.Normalizer;

/**
 * A normalisation form of Unicode (Unicode Standard Annex 15).
 *
 * @param form of the text
 */
public record UnicodeForm(java.text.Normalizer.Form form) implements Normalizer {

    @Override
    public AlignedText normalize(AlignedText text) {
        if (isPlain(text) || java.text.Normalizer.isNormalized(text, form)) {
            return text;
        }
        Decomposition parts = Decomposition.of(text, form);
        return switch (form) {
            case NFD, NFKD -> parts.decomposed(text);
            case NFC, NFKC -> parts.composed(text);
        };
    }

    private static boolean isPlain(AlignedText text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
