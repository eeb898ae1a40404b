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
        boolean mark =
                switch (Character.getType(codePoint)) {
                    case Character.NON_SPACING_MARK,
                            Character.ENCLOSING_MARK,
                            Character.COMBINING_SPACING_MARK ->
                            true;
                    default -> false;
                };
        return mark != NewerCharacters.CHANGED_MARK.contains(codePoint);
    }

    /** Leaves non-spacing marks out. */
    static AlignedText strip(AlignedText text) {
        return Rewriting.filter(text, one -> !isNonSpacing(one));
    }

    private static boolean isNonSpacing(int codePoint) {
        return codePoint >= 0x300
                && (Character.getType(codePoint) == Character.NON_SPACING_MARK)
                        != NewerCharacters.CHANGED_NON_SPACING.contains(codePoint);
    }
}
