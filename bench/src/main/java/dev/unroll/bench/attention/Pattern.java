package dev.unroll.bench.attention;

import dev.unroll.mask.HeadMasks;
import dev.unroll.mask.Mask;
import dev.unroll.mask.Masks;
import java.util.List;
import java.util.Locale;

/** Which keys are attended to. */
@SuppressWarnings("ImmutableEnumChecker") // masks are records of numbers and of masks
enum Pattern {
    /** All keys. */
    DENSE(Masks.NONE),
    /** All keys up to the query's own. */
    CAUSAL(Masks.CAUSAL),
    /** The 128 keys before the query's own, and that one. */
    WINDOW(Masks.window(128, 0)),
    /** Half of the heads see the 128 nearest keys, the others every 128th. */
    STRIDED(Masks.window(127, 0), Masks.CAUSAL.and(Masks.strided(128))),
    /** A window, the first token, and two random blocks of 64 for each block. */
    WINDOW_GLOBAL_RANDOM(
            Masks.CAUSAL.and(
                    Masks.window(128, 0)
                            .or(Masks.globalTokens(0))
                            .or(Masks.randomBlocks(64, 2, 1))));

    final HeadMasks masks;

    Pattern(Mask... masks) {
        this.masks = new HeadMasks(List.of(masks));
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether queries see what comes after, so that nothing can be written with it. */
    boolean looksAhead() {
        return this == DENSE;
    }
}
