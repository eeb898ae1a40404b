package dev.unroll.text.pipeline.normalize;

import dev.unroll.text.pipeline.AlignedText;
import dev.unroll.text.pipeline.Normalizer;

/** Leaves combining marks out (Unicode's categories M); NFD before it makes accents such marks. */
public record AccentStripper() implements Normalizer {

    @Override
    public AlignedText normalize(AlignedText text) {
        return Rewriting.filter(text, one -> !isMark(one));
    }

    private static boolean isMark(int codePoint) {
        if (codePoint < 0x300) {
            return false;
        }
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.COMBINING_SPACING_MARK ->
                    true;
            default -> false;
        };
    }

    /** Leaves non-spacing marks out. */
    static AlignedText strip(AlignedText text) {
        return Rewriting.filter(
                text, one -> one < 0x300 || Character.getType(one) != Character.NON_SPACING_MARK);
    }
}
