package dev.unroll.tasks.recipe;

import dev.unroll.decode.Beam;
import dev.unroll.decode.Greedy;
import dev.unroll.decode.Search;

/**
 * The search for the output sequence.
 *
 * @param beam hypotheses kept at each step; 1 is greedy
 * @param lengthPenalty how much longer sentences are favoured (Wu et al. 2016, eq. 14)
 * @param batch sentences at a time
 * @param maxLength tokens at most, as a multiple of the source's length
 * @param maxExtra tokens more than that
 */
public record DecodingRecipe(
        @Default("1") int beam,
        @Default("1") double lengthPenalty,
        @Default("32") int batch,
        @Default("2") double maxLength,
        @Default("20") int maxExtra) {
    public DecodingRecipe {
        Checks.atLeast("decoding.beam", 1, beam);
        Checks.atLeast("decoding.batch", 1, batch);
        Checks.positive("decoding.maxLength", maxLength);
        Checks.atLeast("decoding.maxExtra", 1, maxExtra);
    }

    /** The same, one word after another. */
    public DecodingRecipe greedy() {
        return new DecodingRecipe(1, lengthPenalty, Math.max(batch, 32), maxLength, maxExtra);
    }

    /** {@return a copy with another width of the beam} */
    public DecodingRecipe beam(int width) {
        return new DecodingRecipe(width, lengthPenalty, batch, maxLength, maxExtra);
    }

    /** The search it describes. */
    public Search search() {
        return beam == 1 ? new Greedy() : new Beam(beam, lengthPenalty, 1);
    }

    /** The most tokens for a source of a length. */
    public int limit(int source) {
        return (int) Math.min(10_000, Math.ceil(maxLength * source) + maxExtra);
    }
}
