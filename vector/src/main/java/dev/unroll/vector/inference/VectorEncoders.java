package dev.unroll.vector.inference;

import dev.unroll.backend.EncoderStack;
import dev.unroll.backend.Encoders;
import dev.unroll.backend.View;
import dev.unroll.vector.base.Workers;

/**
 * Whole layers of an encoder, which all threads go through together.
 *
 * @param workers the threads that share the work
 * @param composed the layers out of single operations, for stacks that do not fit
 */
public record VectorEncoders(Workers workers, Encoders composed) implements Encoders {
    @Override
    public void encode(EncoderStack stack, View x, View y) {
        if (EncoderRun.fits(stack)) {
            new EncoderRun(stack, x, y, workers.threads()).run(workers);
        } else {
            composed.encode(stack, x, y);
        }
    }
}
