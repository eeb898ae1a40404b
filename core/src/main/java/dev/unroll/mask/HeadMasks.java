package dev.unroll.mask;

import java.util.List;

/**
 * The masks of the heads of attention. With several masks the heads share them in equal groups, in
 * order: with two masks the first half of the heads has the first.
 *
 * @param masks at least one
 */
public record HeadMasks(List<Mask> masks) {
    /** Every head attends to every key. */
    public static final HeadMasks NONE = same(Masks.NONE);

    /** No head attends to later keys. */
    public static final HeadMasks CAUSAL = same(Masks.CAUSAL);

    public HeadMasks {
        masks = List.copyOf(masks);
        if (masks.isEmpty()) {
            throw new IllegalArgumentException("heads need at least one mask");
        }
    }

    /** One mask for all heads. */
    public static HeadMasks same(Mask mask) {
        return new HeadMasks(List.of(mask));
    }

    /** The mask of a head. */
    public Mask of(int head, int heads) {
        return masks.get((int) ((long) head * masks.size() / heads));
    }

    /** The number of different groups of heads. */
    public int groups() {
        return masks.size();
    }

    /** {@return the masks of heads that see only what another mask sees too} */
    public HeadMasks and(Mask other) {
        return other.equals(Masks.NONE)
                ? this
                : new HeadMasks(masks.stream().map(mask -> mask.and(other)).toList());
    }

    /** The position of the last query that may attend to a key in some head. */
    public int lastQuery(int key) {
        int last = -1;
        for (Mask mask : masks) {
            last = Math.max(last, mask.lastQuery(key));
        }
        return last;
    }

    /**
     * Checks that so many heads can share the masks.
     *
     * @throws IllegalArgumentException if they cannot
     */
    public void require(int heads, int keyHeads) {
        int groups = groups();
        boolean aligned = keyHeads % groups == 0 || groups % keyHeads == 0;
        if (heads % groups != 0 || !aligned) {
            throw new IllegalArgumentException(
                    ("attention: %d masks for %d heads with %d key heads; the number of masks must"
                                    + " divide the number of heads, and divide the number of key heads or be a"
                                    + " multiple of it")
                            .formatted(groups, heads, keyHeads));
        }
    }
}
