package dev.unroll.nn.transformer;

import dev.unroll.mask.HeadMasks;
import dev.unroll.mask.Masks;
import dev.unroll.nn.attention.SelfAttention;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The earlier keys that the layers of a stack look up, which one history serves. */
final class Lookups {
    /** Of a stack that keeps no keys: the token itself, so that a history stays short. */
    private static final HeadMasks OWN = HeadMasks.same(Masks.window(0, 0));

    private Lookups() {}

    static HeadMasks of(Stream<SelfAttention> layers) {
        return different(layers).stream().findFirst().orElse(OWN);
    }

    static void requireSame(Stream<SelfAttention> layers) {
        if (different(layers).size() > 1) {
            throw new IllegalArgumentException(
                    "the layers of a stack attend by different patterns; give all the same masks");
        }
    }

    private static List<HeadMasks> different(Stream<SelfAttention> layers) {
        return layers.map(SelfAttention::lookups).flatMap(Optional::stream).distinct().toList();
    }
}
