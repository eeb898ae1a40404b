package dev.unroll.text.pipeline.normalize;

import dev.unroll.text.pipeline.AlignedText;
import dev.unroll.text.pipeline.CharacterKinds;
import dev.unroll.text.pipeline.Normalizer;

/**
 * Leaves white space at the ends of a text out.
 *
 * @param left whether at the beginning
 * @param right whether at the end
 */
public record StripNormalizer(boolean left, boolean right) implements Normalizer {

    @Override
    public AlignedText normalize(AlignedText text) {
        int from = 0;
        int to = text.length();
        while (left && from < to && CharacterKinds.isSpace(text.charAt(from))) {
            from++;
        }
        while (right && to > from && CharacterKinds.isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.slice(from, to);
    }
}
