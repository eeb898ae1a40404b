package dev.unroll.text.pipeline;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A text as a step of a {@link TextPipeline} left it, together with where each of its characters
 * comes from in the original text. Immutable; a {@linkplain #slice slice} shares the memory of the
 * whole.
 *
 * <p>Positions are UTF-16 units. Both units of a surrogate pair come from the same place.
 */
public final class AlignedText implements CharSequence {

    private final String text;
    private final int from;
    private final int to;

    /** Original places by unit of {@code text}; null where unit i comes from {@code shift + i}. */
    private final int @Nullable [] starts;

    private final int @Nullable [] ends;
    private final int shift;

    private AlignedText(
            String text,
            int from,
            int to,
            int @Nullable [] starts,
            int @Nullable [] ends,
            int shift) {
        this.text = text;
        this.from = from;
        this.to = to;
        this.starts = starts;
        this.ends = ends;
        this.shift = shift;
    }

    /**
     * {@return a text that is its own original}
     *
     * @param text without halves of surrogate pairs
     */
    public static AlignedText of(String text) {
        return new AlignedText(text, 0, text.length(), null, null, 0);
    }

    @Override
    public int length() {
        return to - from;
    }

    @Override
    public boolean isEmpty() {
        return to == from;
    }

    @Override
    public char charAt(int index) {
        return text.charAt(from + index);
    }

    /**
     * {@return the code point at a place}
     *
     * @param index of its first unit
     */
    public int codePointAt(int index) {
        return text.codePointAt(from + index);
    }

    /**
     * {@return where a unit's character begins in the original text}
     *
     * @param index of the unit
     */
    public int start(int index) {
        return starts == null ? shift + from + index : starts[from + index];
    }

    /**
     * {@return where a unit's character ends in the original text}
     *
     * @param index of the unit
     */
    public int end(int index) {
        return ends == null ? shift + from + index + 1 : ends[from + index];
    }

    /** {@return where the first character begins in the original text; 0 for an empty text} */
    public int start() {
        return isEmpty() ? 0 : start(0);
    }

    /**
     * {@return a part, which shares this text's memory}
     *
     * @param start of the part
     * @param end behind it
     */
    public AlignedText slice(int start, int end) {
        if (start == 0 && end == length()) {
            return this;
        }
        return new AlignedText(text, from + start, from + end, starts, ends, shift);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return slice(start, end);
    }

    @Override
    public String toString() {
        return from == 0 && to == text.length() ? text : text.substring(from, to);
    }

    /**
     * {@return this text with other characters, unit by unit in the same places}
     *
     * @param replacement as long as this text
     */
    public AlignedText withUnits(String replacement) {
        if (replacement.length() != length()) {
            throw new IllegalArgumentException(
                    "%d units for %d".formatted(replacement.length(), length()));
        }
        if (starts == null) {
            return new AlignedText(replacement, 0, replacement.length(), null, null, shift + from);
        }
        int[] newStarts = Arrays.copyOfRange(starts, from, to);
        int[] newEnds = Arrays.copyOfRange(Objects.requireNonNull(ends), from, to);
        return new AlignedText(replacement, 0, replacement.length(), newStarts, newEnds, 0);
    }

    /**
     * {@return a writer of the text that a step makes of this one}
     *
     * @param removed how many code points at the beginning are left out
     */
    public Rewriter rewriter(int removed) {
        return new Rewriter(this, removed);
    }

    /**
     * Writes a changed text character by character. Each character says what becomes of the
     * original's: it stands for the next one, was inserted behind the one before, or stands for the
     * next one and for some that follow and are left out. (This is {@code
     * NormalizedString::transform} of Hugging Face's tokenizers.)
     */
    public static final class Rewriter {

        private final AlignedText old;
        private final StringBuilder text;
        private int[] starts;
        private int[] ends;
        private int at;

        Rewriter(AlignedText old, int removed) {
            this.old = old;
            this.text = new StringBuilder(old.length() + 16);
            this.starts = new int[old.length() + 16];
            this.ends = new int[old.length() + 16];
            skip(removed);
        }

        /**
         * Leaves characters out.
         *
         * @param codePoints how many
         */
        public void skip(int codePoints) {
            for (int i = 0; i < codePoints && at < old.length(); i++) {
                at += Character.charCount(old.codePointAt(at));
            }
        }

        /**
         * Writes a character.
         *
         * @param codePoint to be written
         * @param change 0 if it stands for the next character; above 0 if it is inserted, and
         *     belongs to the character before; −n if it stands for the next one and the n behind
         *     that are left out
         */
        public void add(int codePoint, int change) {
            int place = change > 0 ? at - 1 : Math.min(at, old.length() - 1);
            int start = 0;
            int end = 0;
            if (place >= 0) {
                start = old.start(place);
                end = old.end(place);
                if (old.starts == null) {
                    // both units of a pair come from the pair
                    if (Character.isLowSurrogate(old.charAt(place))) {
                        start--;
                    } else if (Character.isHighSurrogate(old.charAt(place))) {
                        end++;
                    }
                }
            } else {
                start = old.origin();
                end = start;
            }
            if (change <= 0) {
                skip(1 - change);
            }
            write(codePoint, start, end);
        }

        private void write(int codePoint, int start, int end) {
            if (text.length() + 2 > starts.length) {
                starts = Arrays.copyOf(starts, starts.length * 2);
                ends = Arrays.copyOf(ends, ends.length * 2);
            }
            for (int i = Character.charCount(codePoint); i > 0; i--) {
                int unit = text.length() + i - 1;
                starts[unit] = start;
                ends[unit] = end;
            }
            text.appendCodePoint(codePoint);
        }

        /**
         * Writes the next characters of the old text as they are.
         *
         * @param end behind the last, in units of the old text
         */
        public void keepTo(int end) {
            while (at < end) {
                add(old.codePointAt(at), 0);
            }
        }

        /** {@return the text written} */
        public AlignedText text() {
            return new AlignedText(text.toString(), 0, text.length(), starts, ends, 0);
        }
    }

    /** Where something stands that was put before the first character. */
    private int origin() {
        return isEmpty() ? 0 : start(0);
    }
}
