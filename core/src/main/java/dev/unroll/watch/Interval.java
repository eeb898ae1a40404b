package dev.unroll.watch;

/**
 * When a watch observes: every so many steps, unless it has cost more than its share of the time.
 *
 * @param steps between observations, at least 1
 * @param share of the training's time that observing may take, above 0 to 1; an observation that
 *     would begin above the share is left out. The first one is not counted, for Java compiles the
 *     code while it runs
 */
public record Interval(int steps, double share) {
    /** The first step that is observed where the interval is longer. */
    static final int FIRST = 10;

    /** The share that all observations together may have taken for the end to be observed, too. */
    static final double MOST_IN_ALL = 0.05;

    /** Every 200 steps, with at most 3 % of the time after the first observation. */
    public static final Interval STANDARD = new Interval(200, 0.03);

    public Interval {
        if (steps < 1 || !(share > 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "watch: at least 1 step and a share above 0 to 1, not %d and %s"
                            .formatted(steps, share));
        }
    }

    /** {@return an observation every so many steps, whatever it costs} */
    public static Interval every(int steps) {
        return new Interval(steps, 1);
    }

    boolean contains(long step) {
        return step % steps == 0 || (step == FIRST && steps > FIRST);
    }
}
