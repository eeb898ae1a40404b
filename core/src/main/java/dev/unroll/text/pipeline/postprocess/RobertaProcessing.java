package dev.unroll.text.pipeline.postprocess;

import dev.unroll.text.pipeline.Encoding;
import dev.unroll.text.pipeline.PostProcessor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Puts one token before the first text, another behind each, and one more of these before the
 * second text. All types are 0.
 *
 * @param classId of the token before the first text
 * @param separatorId of the token around the others
 * @param trims whether places in the text leave white space out
 * @param prefixed whether the pre-tokenizer puts a space before a text
 */
public record RobertaProcessing(int classId, int separatorId, boolean trims, boolean prefixed)
        implements PostProcessor {

    @Override
    public int added(boolean pair) {
        return pair ? 4 : 2;
    }

    @Override
    public List<Encoding> process(List<Encoding> texts, IntFunction<@Nullable String> tokens) {
        List<Encoding> parts = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            Encoding text = texts.get(i).withType(0);
            parts.add(Encoding.special(new int[] {i == 0 ? classId : separatorId}, 0));
            parts.add(trims ? ByteLevelTrimming.trimmed(text, prefixed, tokens) : text);
            parts.add(Encoding.special(new int[] {separatorId}, 0));
        }
        return parts;
    }
}
