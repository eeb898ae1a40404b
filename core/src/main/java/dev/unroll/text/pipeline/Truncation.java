package dev.unroll.text.pipeline;

/**
 * How many tokens a text may have, and which are cut off.
 *
 * @param length the most tokens, with those that the post-processor adds
 * @param strategy which of two texts is cut
 * @param side where tokens are cut off
 */
public record Truncation(int length, Strategy strategy, Side side) {

    /** Which of two texts is cut. */
    public enum Strategy {
        /** The longer one, until both are equally long. */
        LONGEST_FIRST,
        /** The first. */
        ONLY_FIRST,
        /** The second. */
        ONLY_SECOND
    }

    /** An end of a text. */
    public enum Side {
        /** The beginning. */
        LEFT,
        /** The end. */
        RIGHT
    }

    /** Checks the length. */
    public Truncation {
        if (length < 0) {
            throw new IllegalArgumentException(
                    "truncation to %d tokens; 0 or more are needed".formatted(length));
        }
    }

    /**
     * {@return how many tokens are kept of each text}
     *
     * @param first tokens of the first text
     * @param second tokens of the second text; 0 without one
     * @param room for tokens of both
     * @throws IllegalArgumentException if only one of them may be cut and is too short for that
     */
    public int[] kept(int first, int second, int room) {
        int excess = first + second - room;
        if (excess <= 0) {
            return new int[] {first, second};
        }
        return switch (strategy) {
            case LONGEST_FIRST -> longestFirst(first, second, room);
            case ONLY_FIRST -> new int[] {only(first, excess, "first"), second};
            case ONLY_SECOND -> new int[] {first, only(second, excess, "second")};
        };
    }

    private static int[] longestFirst(int first, int second, int room) {
        int shorter = Math.min(first, second);
        int longer = shorter > room ? shorter : Math.max(shorter, room - shorter);
        if (shorter + longer > room) {
            shorter = room / 2;
            longer = shorter + room % 2;
        }
        return first > second ? new int[] {longer, shorter} : new int[] {shorter, longer};
    }

    private int only(int tokens, int excess, String which) {
        if (tokens <= excess) {
            throw new IllegalArgumentException(
                    "the %s text has %d tokens and %d are to be cut off it to have %d in all; use LONGEST_FIRST or a larger length"
                            .formatted(which, tokens, excess, length));
        }
        return tokens - excess;
    }
}
