package dev.unroll.text.pipeline.normalize;

import dev.unroll.text.pipeline.AlignedText;
import dev.unroll.text.pipeline.Normalizer;
import java.util.List;

/**
 * Normalizers one after the other.
 *
 * @param steps in order
 */
public record NormalizerSequence(List<Normalizer> steps) implements Normalizer {

    /** Copies the list. */
    public NormalizerSequence {
        steps = List.copyOf(steps);
    }

    @Override
    public AlignedText normalize(AlignedText text) {
        AlignedText changed = text;
        for (Normalizer step : steps) {
            changed = step.normalize(changed);
        }
        return changed;
    }
}
