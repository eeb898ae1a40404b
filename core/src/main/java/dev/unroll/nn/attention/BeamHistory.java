package dev.unroll.nn.attention;

import dev.unroll.backend.CacheIndex;
import dev.unroll.tensor.Layout;
import java.util.Arrays;

/**
 * Which rows of a {@link dev.unroll.tensor.KeyValueCache} hold the tokens of each hypothesis. Every
 * step appends one row for each hypothesis; hypotheses that continue the same one (a beam that
 * branches, several samples of one prompt) share its rows. One history serves all layers of a
 * stack, whose caches grow in step.
 */
public final class BeamHistory {
    private int[][] histories; // [hypotheses][tokens], the row of each token
    private int rows; // in a cache

    /** Sequences without tokens. */
    public BeamHistory(int sequences) {
        histories = new int[sequences][0];
    }

    /** Sequences whose tokens are already in the cache, laid end to end. */
    public BeamHistory(Layout prompts) {
        int[] offsets = prompts.offsets();
        histories = new int[prompts.batch()][];
        for (int s = 0; s < histories.length; s++) {
            histories[s] = new int[prompts.length(s)];
            int first = offsets[s];
            Arrays.setAll(histories[s], i -> first + i);
        }
        rows = prompts.tokens();
    }

    /**
     * One more token of each hypothesis.
     *
     * @param positions [hypotheses], where the tokens stand in their sequences
     * @param seen the rows that each of them may attend to, its own included
     */
    @SuppressWarnings("ArrayRecordComponent") // read-only by convention
    public record Step(int[] positions, CacheIndex seen) {}

    /**
     * Appends a token to each hypothesis.
     *
     * @param parents [hypotheses]: hypothesis r continues hypothesis parents[r] of the step before
     * @param mask how far back a token attends; it never attends ahead, where nothing is yet
     */
    public Step append(int[] parents, Mask mask) {
        int[][] longer = new int[parents.length][];
        int[] positions = new int[parents.length];
        int[] offsets = new int[parents.length + 1];
        for (int r = 0; r < parents.length; r++) {
            if (parents[r] < 0 || parents[r] >= histories.length) {
                throw new IllegalArgumentException(
                        "row %d continues row %d of %d".formatted(r, parents[r], histories.length));
            }
            int[] before = histories[parents[r]];
            longer[r] = Arrays.copyOf(before, before.length + 1);
            longer[r][before.length] = rows++;
            positions[r] = before.length;
            offsets[r + 1] = offsets[r] + (int) Math.min(longer[r].length, mask.left() + 1L);
        }
        histories = longer;
        int[] seen = new int[offsets[parents.length]];
        for (int r = 0; r < longer.length; r++) {
            int count = offsets[r + 1] - offsets[r];
            System.arraycopy(longer[r], longer[r].length - count, seen, offsets[r], count);
        }
        return new Step(positions, new CacheIndex(offsets, seen));
    }

    /** Lists by which each row sees all rows of one sequence of a layout. */
    public static CacheIndex whole(int[] sequences, Layout layout) {
        int[] offsets = new int[sequences.length + 1];
        for (int r = 0; r < sequences.length; r++) {
            offsets[r + 1] = Math.addExact(offsets[r], layout.length(sequences[r]));
        }
        int[] all = new int[offsets[sequences.length]];
        for (int r = 0; r < sequences.length; r++) {
            int first = layout.offsets()[sequences[r]];
            for (int i = offsets[r]; i < offsets[r + 1]; i++) {
                all[i] = first + i - offsets[r];
            }
        }
        return new CacheIndex(offsets, all);
    }
}
