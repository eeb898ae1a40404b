package dev.unroll.nn.attention;

import dev.unroll.backend.CacheIndex;
import dev.unroll.mask.HeadMasks;
import dev.unroll.mask.Mask;
import dev.unroll.mask.Masks;
import dev.unroll.tensor.KeyValueCache;
import dev.unroll.tensor.Layout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a {@link KeyValueCache} hold the tokens of each hypothesis. Every step appends one
 * row for each hypothesis; hypotheses that continue the same one (a beam that branches, several
 * samples of one prompt) share its rows. One history serves all layers of a stack, whose caches
 * grow in step.
 *
 * <p>What no later token can attend to is forgotten: tokens that the masks have left behind, and
 * the rows of hypotheses that were given up. A cache then has room for about twice what is still in
 * sight, however long the text becomes.
 */
public final class BeamHistory {
    /** Below so many tokens or rows, looking for some to forget is not worth its time. */
    private static final int SMALL = 64;

    /** Keys about which a mask is asked at once. */
    private static final int TOGETHER = 32;

    private final HeadMasks masks;
    private List<Past> hypotheses;
    private int rows; // in a cache
    private int enough = SMALL; // rows of a cache before those out of sight are forgotten

    /**
     * The tokens of a hypothesis that may still be attended to.
     *
     * @param positions of the tokens in their sequence, rising
     * @param rows of a cache, one for each
     * @param length all tokens so far
     * @param enough tokens before those out of sight are forgotten
     */
    @SuppressWarnings("ArrayRecordComponent") // read-only by convention
    private record Past(int[] positions, int[] rows, int length, int enough) {

        Past then(int row, HeadMasks masks) {
            int n = rows.length;
            int[] longer = Arrays.copyOf(positions, n + 1);
            longer[n] = length;
            int[] more = Arrays.copyOf(rows, n + 1);
            more[n] = row;
            Past past = new Past(longer, more, length + 1, enough);
            return n < enough ? past : past.inSight(masks);
        }

        /** Without the tokens that the next ones do not attend to. */
        private Past inSight(HeadMasks masks) {
            int[] kept = new int[rows.length];
            int count = 0;
            for (int i = 0; i < rows.length; i++) {
                if (masks.lastQuery(positions[i]) >= length - 1) {
                    kept[count++] = i;
                }
            }
            int[] order = Arrays.copyOf(kept, count);
            return new Past(
                    Arrays.stream(order).map(i -> positions[i]).toArray(),
                    Arrays.stream(order).map(i -> rows[i]).toArray(),
                    length,
                    Math.max(SMALL, 2 * count));
        }

        /** The rows that the last token attends to. */
        int[] seenBy(Mask mask) {
            if (mask.equals(Masks.CAUSAL)) {
                return rows;
            }
            int last = length - 1;
            int[] seen = new int[rows.length];
            int count = 0;
            int i = 0;
            for (int key = mask.next(last, last, 0, length); key < length; ) {
                int end = Math.min(length, key + TOGETHER);
                long[] bits = mask.seenBy(last, 1, key, end);
                i = upTo(key, i);
                for (; i < rows.length && positions[i] < end; i++) {
                    if (bits[positions[i] - key] != 0) {
                        seen[count++] = rows[i];
                    }
                }
                key = mask.next(last, last, end, length);
            }
            return Arrays.copyOf(seen, count);
        }

        /** The first token from one on that stands at a position or after it. */
        private int upTo(int position, int from) {
            int at = Arrays.binarySearch(positions, from, positions.length, position);
            return at < 0 ? -at - 1 : at;
        }
    }

    /**
     * Sequences without tokens.
     *
     * @param masks of the heads; none may see what comes after
     */
    public BeamHistory(int sequences, HeadMasks masks) {
        this.masks = masks;
        Past nothing = new Past(new int[0], new int[0], 0, SMALL);
        hypotheses = Stream.generate(() -> nothing).limit(sequences).toList();
    }

    /**
     * Sequences whose tokens are already in the cache, laid end to end.
     *
     * @param masks of the heads; none may see what comes after
     */
    public BeamHistory(Layout prompts, HeadMasks masks) {
        this.masks = masks;
        List<Past> read = new ArrayList<>();
        for (int s = 0; s < prompts.batch(); s++) {
            int[] positions = new int[prompts.length(s)];
            Arrays.setAll(positions, i -> i);
            int first = prompts.offsets()[s];
            int[] at = Arrays.stream(positions).map(i -> first + i).toArray();
            read.add(new Past(positions, at, positions.length, SMALL));
        }
        hypotheses = read;
        rows = prompts.tokens();
    }

    /**
     * One more token of each hypothesis.
     *
     * @param parents [hypotheses], the hypothesis of the step before that each of them continues
     * @param positions [hypotheses], where the tokens stand in their sequences
     * @param seen for each group of heads, the rows that each token may attend to, its own included
     * @param kept the rows that a cache keeps before the tokens are appended; null for all
     */
    @SuppressWarnings("ArrayRecordComponent") // read-only by convention
    public record Step(
            int[] parents, int[] positions, List<CacheIndex> seen, int @Nullable [] kept) {

        /**
         * Drops the rows of a cache that no later token attends to; before the step is appended.
         */
        public void forget(KeyValueCache cache) {
            if (kept != null) {
                cache.keep(kept);
            }
        }
    }

    /**
     * Appends a token to each hypothesis.
     *
     * @param parents [hypotheses]: hypothesis r continues hypothesis parents[r] of the step before
     */
    public Step append(int[] parents) {
        int[] kept = rows < enough ? null : forget(parents);
        List<Past> longer = new ArrayList<>();
        int[] positions = new int[parents.length];
        for (int r = 0; r < parents.length; r++) {
            Past before = parent(parents, r);
            longer.add(before.then(rows++, masks));
            positions[r] = before.length;
        }
        hypotheses = longer;
        return new Step(parents, positions, masks.masks().stream().map(this::seen).toList(), kept);
    }

    private Past parent(int[] parents, int row) {
        int parent = parents[row];
        if (parent < 0 || parent >= hypotheses.size()) {
            throw new IllegalArgumentException(
                    "row %d continues row %d of %d".formatted(row, parent, hypotheses.size()));
        }
        return hypotheses.get(parent);
    }

    private CacheIndex seen(Mask mask) {
        int[] offsets = new int[hypotheses.size() + 1];
        int[][] lists = new int[hypotheses.size()][];
        for (int r = 0; r < lists.length; r++) {
            lists[r] = hypotheses.get(r).seenBy(mask);
            offsets[r + 1] = offsets[r] + lists[r].length;
        }
        return new CacheIndex(offsets, Arrays.stream(lists).flatMapToInt(Arrays::stream).toArray());
    }

    /** The rows that the parents still see, in order; the hypotheses then name them by number. */
    private int @Nullable [] forget(int[] parents) {
        boolean[] needed = new boolean[rows];
        for (int r = 0; r < parents.length; r++) {
            for (int row : parent(parents, r).rows) {
                needed[row] = true;
            }
        }
        int[] numbers = new int[rows];
        int[] kept = new int[rows];
        int count = 0;
        for (int row = 0; row < rows; row++) {
            if (needed[row]) {
                numbers[row] = count;
                kept[count++] = row;
            }
        }
        enough = Math.max(SMALL, 2 * count);
        if (count > rows - rows / 4) {
            return null; // too few to be worth moving the others
        }
        rows = count;
        hypotheses =
                hypotheses.stream()
                        .map(
                                past ->
                                        new Past(
                                                past.positions,
                                                Arrays.stream(past.rows)
                                                        .map(row -> numbers[row])
                                                        .toArray(),
                                                past.length,
                                                past.enough))
                        .toList();
        return Arrays.copyOf(kept, count);
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
