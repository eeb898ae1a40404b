package dev.unroll.text.pipeline.decode;

import dev.unroll.text.pipeline.Decoder;
import java.util.List;

/**
 * Decoders one after the other.
 *
 * @param steps in order
 */
public record DecoderSequence(List<Decoder> steps) implements Decoder {

    /** Copies the list. */
    public DecoderSequence {
        steps = List.copyOf(steps);
    }

    @Override
    public List<String> decode(List<String> tokens) {
        List<String> parts = tokens;
        for (Decoder step : steps) {
            parts = step.decode(parts);
        }
        return parts;
    }
}
