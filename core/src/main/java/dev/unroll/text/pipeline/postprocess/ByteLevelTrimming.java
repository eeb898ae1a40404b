package dev.unroll.text.pipeline.postprocess;

import dev.unroll.text.pipeline.CharacterKinds;
import dev.unroll.text.pipeline.Encoding;
import dev.unroll.text.pipeline.PostProcessor;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Leaves white space out of the places of byte-level tokens; it adds nothing.
 *
 * @param trims whether it does so
 * @param prefixed whether the pre-tokenizer puts a space before a text, which stands nowhere in it
 */
public record ByteLevelTrimming(boolean trims, boolean prefixed) implements PostProcessor {

    /** What a space is as a letter of the byte alphabet. */
    private static final char SPACE = '\u0120';

    @Override
    public int added(boolean pair) {
        return 0;
    }

    @Override
    public List<Encoding> process(List<Encoding> texts, IntFunction<@Nullable String> tokens) {
        return trims ? texts.stream().map(text -> trimmed(text, prefixed, tokens)).toList() : texts;
    }

    static Encoding trimmed(Encoding text, boolean prefixed, IntFunction<@Nullable String> tokens) {
        int[] starts = text.starts().clone();
        int[] ends = text.ends().clone();
        for (int i = 0; i < starts.length; i++) {
            String token = tokens.apply(text.ids()[i]);
            if (token == null || token.isEmpty()) {
                continue;
            }
            int leading = leading(token);
            int trailing = trailing(token);
            boolean first = i == 0 || starts[i] == 0;
            if (leading == 1 && first && prefixed) {
                leading = 0;
            }
            if (token.length() == 1 && ends[i] - starts[i] == 2) { // a space that stands for a pair
                leading *= 2;
                trailing *= 2;
            }
            starts[i] = Math.min(starts[i] + leading, ends[i]);
            if (trailing > 0 && ends[i] >= trailing) {
                ends[i] = Math.max(ends[i] - trailing, starts[i]);
            }
        }
        return text.withPlaces(starts, ends);
    }

    private static int leading(String token) {
        int count = 0;
        while (count < token.length() && isSpace(token.charAt(count))) {
            count++;
        }
        return count;
    }

    private static int trailing(String token) {
        int count = 0;
        while (count < token.length() && isSpace(token.charAt(token.length() - 1 - count))) {
            count++;
        }
        return count;
    }

    private static boolean isSpace(char unit) {
        return unit == SPACE || CharacterKinds.isSpace(unit);
    }
}
