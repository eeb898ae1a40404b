package dev.unroll.text.pipeline.normalize;

import dev.unroll.text.pipeline.AlignedText;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/** Changes that several normalizers make. */
final class Rewriting {

    private Rewriting() {}

    static AlignedText form(AlignedText text, java.text.Normalizer.Form form) {
        return new UnicodeForm(form).normalize(text);
    }

    /** The text without the characters that are not to be kept. */
    static AlignedText filter(AlignedText text, IntPredicate keep) {
        int first = firstNot(text, keep);
        if (first == text.length()) {
            return text;
        }
        int removed = 0;
        int i = 0;
        while (i < text.length() && !keep.test(text.codePointAt(i))) {
            removed++;
            i += Character.charCount(text.codePointAt(i));
        }
        AlignedText.Rewriter rewriter = text.rewriter(removed);
        while (i < text.length()) {
            int kept = text.codePointAt(i);
            i += Character.charCount(kept);
            int left = 0;
            while (i < text.length() && !keep.test(text.codePointAt(i))) {
                left++;
                i += Character.charCount(text.codePointAt(i));
            }
            rewriter.add(kept, -left);
        }
        return rewriter.text();
    }

    private static int firstNot(AlignedText text, IntPredicate keep) {
        int i = 0;
        while (i < text.length() && keep.test(text.codePointAt(i))) {
            i += Character.charCount(text.codePointAt(i));
        }
        return i;
    }

    /** The text with each character replaced by another. */
    static AlignedText map(AlignedText text, IntUnaryOperator change) {
        StringBuilder changed = new StringBuilder(text.length());
        boolean same = true;
        boolean sameUnits = true;
        int codePoint;
        for (int i = 0; i < text.length(); i += Character.charCount(codePoint)) {
            codePoint = text.codePointAt(i);
            int other = change.applyAsInt(codePoint);
            same &= other == codePoint;
            sameUnits &= Character.charCount(other) == Character.charCount(codePoint);
            changed.appendCodePoint(other);
        }
        if (same) {
            return text;
        }
        if (sameUnits) {
            return text.withUnits(changed.toString());
        }
        AlignedText.Rewriter rewriter = text.rewriter(0);
        changed.codePoints().forEach(one -> rewriter.add(one, 0));
        return rewriter.text();
    }
}
