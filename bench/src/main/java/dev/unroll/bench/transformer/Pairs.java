package dev.unroll.bench.transformer;

import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Tokens;
import java.util.Random;

/**
 * A batch of pairs of sequences.
 *
 * @param source what is read
 * @param before each target with the start token in front
 * @param after [tokens], each target with the end token behind
 */
@SuppressWarnings("ArrayRecordComponent") // read-only
record Pairs(Tokens source, Tokens before, int[] after) {

    /** Pairs of random tokens, all of one length. */
    static Pairs random(int batch, int time, int vocabulary) {
        Layout even = Layout.even(batch, time);
        Random random = new Random(1);
        return new Pairs(
                new Tokens(random.ints(even.tokens(), 0, vocabulary).toArray(), even),
                new Tokens(random.ints(even.tokens(), 0, vocabulary).toArray(), even),
                random.ints(even.tokens(), 0, vocabulary).toArray());
    }
}
