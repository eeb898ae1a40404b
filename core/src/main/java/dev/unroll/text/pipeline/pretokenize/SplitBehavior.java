package dev.unroll.text.pipeline.pretokenize;

import dev.unroll.text.pipeline.AlignedText;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * What becomes of the places at which a text is cut, with {@code the-final--countdown} cut at -.
 */
public enum SplitBehavior {
    /** They are left out: the, final, countdown. */
    REMOVED,
    /** Each is a piece: the, -, final, -, -, countdown. */
    ISOLATED,
    /** They end the piece before: the-, final-, -, countdown. */
    MERGED_WITH_PREVIOUS,
    /** They begin the next piece: the, -final, -, -countdown. */
    MERGED_WITH_NEXT,
    /** Those next to each other are one piece: the, -, final, --, countdown. */
    CONTIGUOUS;

    /** The parts of a text by turns: what was found, and what lies between. */
    static final class Cuts {

        private final AlignedText text;
        private final boolean inverted;
        private int[] ends = new int[32];
        private boolean[] found = new boolean[32];
        private int size;
        private int done;

        Cuts(AlignedText text, boolean inverted) {
            this.text = text;
            this.inverted = inverted;
        }

        /** Takes what is found, from left to right. */
        void found(int from, int to) {
            if (from > done) {
                add(from, false);
            }
            if (to > from) {
                add(to, true);
            }
        }

        private void add(int end, boolean isFound) {
            if (size == ends.length) {
                ends = Arrays.copyOf(ends, 2 * size);
                found = Arrays.copyOf(found, 2 * size);
            }
            ends[size] = end;
            found[size++] = isFound != inverted;
            done = end;
        }

        /** Hands the pieces on. */
        void pieces(SplitBehavior behavior, Consumer<AlignedText> pieces) {
            if (done < text.length()) {
                add(text.length(), false);
            }
            switch (behavior) {
                case REMOVED -> each(pieces, true);
                case ISOLATED -> each(pieces, false);
                case CONTIGUOUS -> contiguous(pieces);
                case MERGED_WITH_PREVIOUS -> withPrevious(pieces);
                case MERGED_WITH_NEXT -> withNext(pieces);
            }
        }

        private void each(Consumer<AlignedText> pieces, boolean removes) {
            int from = 0;
            for (int i = 0; i < size; i++) {
                if (!removes || !found[i]) {
                    pieces.accept(text.slice(from, ends[i]));
                }
                from = ends[i];
            }
        }

        private void contiguous(Consumer<AlignedText> pieces) {
            int from = 0;
            for (int i = 0; i < size; i++) {
                if (i == size - 1 || found[i + 1] != found[i]) {
                    pieces.accept(text.slice(from, ends[i]));
                    from = ends[i];
                }
            }
        }

        private void withPrevious(Consumer<AlignedText> pieces) {
            int from = 0;
            for (int i = 0; i < size; i++) {
                boolean joins = i < size - 1 && found[i + 1] && !found[i];
                if (!joins) {
                    pieces.accept(text.slice(from, ends[i]));
                    from = ends[i];
                }
            }
        }

        private void withNext(Consumer<AlignedText> pieces) {
            int from = 0;
            for (int i = 0; i < size; i++) {
                boolean joins = found[i] && i < size - 1 && !found[i + 1];
                if (!joins) {
                    pieces.accept(text.slice(from, ends[i]));
                    from = ends[i];
                }
            }
        }
    }
}
