package dev.unroll.text.pipeline.postprocess;

import dev.unroll.text.pipeline.Encoding;
import dev.unroll.text.pipeline.PostProcessor;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Post-processors one after the other.
 *
 * @param steps in order
 */
public record PostProcessorSequence(List<PostProcessor> steps) implements PostProcessor {

    /** Copies the list. */
    public PostProcessorSequence {
        steps = List.copyOf(steps);
    }

    @Override
    public int added(boolean pair) {
        return steps.stream().mapToInt(step -> step.added(pair)).sum();
    }

    @Override
    public boolean trims() {
        return steps.stream().anyMatch(PostProcessor::trims);
    }

    @Override
    public List<Encoding> process(List<Encoding> texts, IntFunction<@Nullable String> tokens) {
        List<Encoding> parts = texts;
        for (PostProcessor step : steps) {
            parts = step.process(parts, tokens);
        }
        return parts;
    }
}
