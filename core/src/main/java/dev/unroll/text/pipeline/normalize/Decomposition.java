package dev.unroll.text.pipeline.normalize;

import dev.unroll.text.pipeline.AlignedText;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Arrays;

/**
 * The decomposed characters of a text in canonical order, each with what becomes of the original's
 * characters: 0 for the first that a character is decomposed into, 1 for those behind it.
 */
final class Decomposition {

    private int[] codePoints = new int[32];
    private int[] changes = new int[32];
    private int size;

    static Decomposition of(AlignedText text, Form form) {
        Form decomposed = form == Form.NFC || form == Form.NFD ? Form.NFD : Form.NFKD;
        Decomposition parts = new Decomposition();
        int pending = 0;
        int codePoint;
        for (int i = 0; i < text.length(); i += Character.charCount(codePoint)) {
            codePoint = text.codePointAt(i);
            if (codePoint < 0x80) {
                parts.sort(pending);
                parts.add(codePoint, 0);
                pending = parts.size;
                continue;
            }
            String one = Character.toString(codePoint);
            String whole =
                    NewerCharacters.NOT_NORMALIZED.contains(codePoint)
                            ? one
                            : Normalizer.normalize(one, decomposed);
            int part;
            for (int k = 0; k < whole.length(); k += Character.charCount(part)) {
                part = whole.codePointAt(k);
                if (combiningClass(part) == 0) {
                    parts.sort(pending);
                    parts.add(part, k == 0 ? 0 : 1);
                    pending = parts.size;
                } else {
                    parts.add(part, k == 0 ? 0 : 1);
                }
            }
        }
        parts.sort(pending);
        return parts;
    }

    private void add(int codePoint, int change) {
        if (size == codePoints.length) {
            codePoints = Arrays.copyOf(codePoints, 2 * size);
            changes = Arrays.copyOf(changes, 2 * size);
        }
        codePoints[size] = codePoint;
        changes[size++] = change;
    }

    /** Puts the marks behind a place in canonical order, equal classes as they stand. */
    private void sort(int from) {
        boolean sorted = true;
        for (int i = from + 1; i < size && sorted; i++) {
            sorted = combiningClass(codePoints[i - 1]) <= combiningClass(codePoints[i]);
        }
        if (sorted) {
            return;
        }
        long[] order = new long[size - from];
        for (int i = from; i < size; i++) {
            order[i - from] = ((long) combiningClass(codePoints[i]) << 32) | (i - from);
        }
        Arrays.sort(order);
        int[] oldPoints = Arrays.copyOfRange(codePoints, from, size);
        int[] oldChanges = Arrays.copyOfRange(changes, from, size);
        for (int i = 0; i < order.length; i++) {
            codePoints[from + i] = oldPoints[(int) order[i]];
            changes[from + i] = oldChanges[(int) order[i]];
        }
    }

    AlignedText decomposed(AlignedText text) {
        AlignedText.Rewriter rewriter = text.rewriter(0);
        for (int i = 0; i < size; i++) {
            rewriter.add(codePoints[i], changes[i]);
        }
        return rewriter.text();
    }

    AlignedText composed(AlignedText text) {
        AlignedText.Rewriter rewriter = text.rewriter(0);
        int starter = -1;
        int last = 0;
        int kept = 0;
        int[] points = new int[size];
        int[] summed = new int[size];
        for (int i = 0; i < size; i++) {
            int kind = combiningClass(codePoints[i]);
            boolean adjacent = starter >= 0 && starter == kept - 1;
            if (starter >= 0 && (adjacent || (last < kind && last != 0))) {
                int both = compose(points[starter], codePoints[i]);
                if (both >= 0) {
                    points[starter] = both;
                    summed[starter] = summed[starter] + changes[i] - 1;
                    continue;
                }
            }
            points[kept] = codePoints[i];
            summed[kept] = changes[i];
            if (kind == 0) {
                starter = kept;
                last = 0;
            } else {
                last = kind;
            }
            kept++;
        }
        for (int i = 0; i < kept; i++) {
            rewriter.add(points[i], summed[i]);
        }
        return rewriter.text();
    }

    /** The one character that two compose to; −1 if there is none. */
    private static int compose(int first, int second) {
        String both =
                new StringBuilder(4).appendCodePoint(first).appendCodePoint(second).toString();
        String composed = Normalizer.normalize(both, Form.NFC);
        int one = composed.codePointAt(0);
        return Character.charCount(one) == composed.length()
                        && !NewerCharacters.NOT_NORMALIZED.contains(one)
                ? one
                : -1;
    }

    /**
     * A number for the canonical combining class: 0 for none, otherwise in the order of the
     * classes.
     */
    private static int combiningClass(int codePoint) {
        if (codePoint < 0x300 || NewerCharacters.NOT_NORMALIZED.contains(codePoint)) {
            return 0;
        }
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.ENCLOSING_MARK ->
                    CombiningClasses.of(codePoint);
            default -> 0;
        };
    }
}
