package dev.unroll.train;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Which examples are trained on together: batches by a budget of tokens, not by a count of
 * sentences, so that every step does about the same amount of work (Vaswani et al. 2017, section
 * 5.1).
 *
 * <p>Examples of like length come together. Lengths within an eighth of each other count as alike
 * and are mixed at random, so the batches differ from epoch to epoch; then the batches are
 * shuffled. Everything is a pure function of the lengths, the budget, the seed and the number of
 * the epoch, so a resumed training sees the batches an unbroken one would have seen.
 */
public final class Batches {

    private Batches() {}

    /**
     * The batches of one epoch for examples that are one sequence each.
     *
     * @param lengths tokens of each example, 0 or more; an empty example counts as one token
     * @param budget the most tokens in a batch, at least 1; an example longer than that is a batch
     *     of its own (see {@link #requireAtMost} to refuse it)
     * @param seed chosen once for a training
     * @param epoch 0 or more
     * @return batches of indices into {@code lengths}; every index is in exactly one batch, and no
     *     batch is empty
     * @throws IllegalArgumentException if a length or the epoch is negative, or the budget below 1
     */
    public static int[][] epoch(int[] lengths, int budget, long seed, long epoch) {
        return epoch(lengths, new int[lengths.length], budget, seed, epoch);
    }

    /**
     * The batches of one epoch for examples that are a source and a target. An example costs the
     * tokens of both; examples are alike if both their lengths are.
     *
     * @param sources tokens of each source, 0 or more
     * @param targets tokens of each target, 0 or more; as many as there are sources
     * @param budget the most tokens, of sources and targets together, in a batch; at least 1
     * @param seed chosen once for a training
     * @param epoch 0 or more
     * @return as for {@link #epoch(int[], int, long, long)}
     * @throws IllegalArgumentException as for {@link #epoch(int[], int, long, long)}, and if there
     *     are not as many targets as sources
     */
    public static int[][] epoch(int[] sources, int[] targets, int budget, long seed, long epoch) {
        if (budget < 1) {
            throw new IllegalArgumentException(
                    "batches: a budget of " + budget + " tokens holds nothing: give 1 or more");
        }
        if (epoch < 0) {
            throw new IllegalArgumentException(
                    "batches: epoch " + epoch + ": epochs are counted from 0");
        }
        if (sources.length != targets.length) {
            throw new IllegalArgumentException(
                    "batches: " + sources.length + " sources but " + targets.length + " targets");
        }
        requireNotNegative(sources);
        requireNotNegative(targets);
        // The seed is mixed before the epoch is added, so that (1, 2) and (2, 1) share nothing.
        SplittableRandom random =
                new SplittableRandom(new SplittableRandom(seed).nextLong() + epoch);
        int[] order = shuffled(sources.length, random);
        order = stableSort(order, targets);
        order = stableSort(order, sources);
        int[][] batches = cut(order, sources, targets, budget);
        shuffle(batches, random);
        return batches;
    }

    /**
     * Refuses examples that are too long to be trained on.
     *
     * @param lengths tokens of each example
     * @param maximum the most tokens an example may have
     * @throws IllegalArgumentException naming the first example that is longer
     */
    public static void requireAtMost(int[] lengths, int maximum) {
        for (int i = 0; i < lengths.length; i++) {
            if (lengths[i] > maximum) {
                throw new IllegalArgumentException(
                        "example %d has %d tokens, more than the maximum of %d: shorten it, leave it"
                                        .formatted(i, lengths[i], maximum)
                                + " out, or raise the maximum");
            }
        }
    }

    /** Cuts the order into runs, each as long as the budget allows. */
    private static int[][] cut(int[] order, int[] sources, int[] targets, int budget) {
        int[][] batches = new int[order.length][];
        int count = 0;
        int from = 0;
        long spent = 0;
        for (int at = 0; at < order.length; at++) {
            long cost = Math.max(1, (long) sources[order[at]] + targets[order[at]]);
            if (at > from && spent + cost > budget) {
                batches[count++] = Arrays.copyOfRange(order, from, at);
                from = at;
                spent = 0;
            }
            spent += cost;
        }
        if (from < order.length) {
            batches[count++] = Arrays.copyOfRange(order, from, order.length);
        }
        return Arrays.copyOf(batches, count);
    }

    /**
     * A length without its fine digits: lengths below 16 keep their own value, longer ones share it
     * with those within an eighth of them. Grows with the length and stays below 240.
     */
    static int likeness(int length) {
        int shift = Math.max(0, 28 - Integer.numberOfLeadingZeros(length));
        return (length >> shift) + 8 * shift;
    }

    /** Sorted by the likeness of the lengths; examples that are alike keep their order. */
    private static int[] stableSort(int[] order, int[] lengths) {
        int[] starts = new int[257];
        for (int example : order) {
            starts[likeness(lengths[example]) + 1]++;
        }
        for (int i = 1; i < starts.length; i++) {
            starts[i] += starts[i - 1];
        }
        int[] sorted = new int[order.length];
        for (int example : order) {
            sorted[starts[likeness(lengths[example])]++] = example;
        }
        return sorted;
    }

    private static int[] shuffled(int count, SplittableRandom random) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    private static void shuffle(int[][] batches, SplittableRandom random) {
        for (int i = batches.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int[] batch = batches[i];
            batches[i] = batches[j];
            batches[j] = batch;
        }
    }

    private static void requireNotNegative(int[] lengths) {
        for (int i = 0; i < lengths.length; i++) {
            if (lengths[i] < 0) {
                throw new IllegalArgumentException(
                        "batches: example " + i + " has a length of " + lengths[i]);
            }
        }
    }
}
