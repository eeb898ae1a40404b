package dev.unroll.text.pipeline.postprocess;

import dev.unroll.text.pipeline.Encoding;
import dev.unroll.text.pipeline.PostProcessor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Puts one token before the first text and another behind each.
 *
 * @param classId of the token before the first text
 * @param separatorId of the token behind each text
 */
public record BertProcessing(int classId, int separatorId) implements PostProcessor {

    @Override
    public int added(boolean pair) {
        return pair ? 3 : 2;
    }

    @Override
    public List<Encoding> process(List<Encoding> texts, IntFunction<@Nullable String> tokens) {
        List<Encoding> parts = new ArrayList<>();
        parts.add(Encoding.special(new int[] {classId}, 0));
        for (int i = 0; i < texts.size(); i++) {
            parts.add(texts.get(i));
            parts.add(Encoding.special(new int[] {separatorId}, Math.min(i, 1)));
        }
        return parts;
    }
}
