package dev.unroll.bench.tokenize;

import dev.unroll.text.pipeline.CharacterKinds;
import dev.unroll.text.pipeline.Encoding;
import dev.unroll.text.pipeline.TextPipeline;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Whether Unroll's tokens of a text are those of Hugging Face's library. */
final class Difference {

    private final TextPipeline ours;
    private final Oracle theirs;

    Difference(TextPipeline ours, Oracle theirs) {
        this.ours = ours;
        this.theirs = theirs;
    }

    /**
     * A description of the first difference between two tokenizers on a text; null if there is
     * none.
     */
    @Nullable String of(String text) {
        String whole = CharacterKinds.withoutHalves(text);
        Oracle.Tokens expected;
        try {
            expected = theirs.encode(whole);
        } catch (RuntimeException e) {
            return "theirs fails: " + e.getMessage();
        }
        Encoding found = ours.encode(text);
        long[] ids = Arrays.stream(found.ids()).asLongStream().toArray();
        if (!Arrays.equals(ids, expected.ids())) {
            return "ids %s and theirs %s".formatted(shown(ids), shown(expected.ids()));
        }
        int[] points = codePoints(text);
        for (int i = 0; i < ids.length; i++) {
            int start = points[found.starts()[i]];
            int end = points[found.ends()[i]];
            if (start != expected.starts()[i] || end != expected.ends()[i]) {
                return "offsets of token %d (%s): %d to %d and theirs %d to %d"
                        .formatted(
                                i,
                                ours.token((int) ids[i]),
                                start,
                                end,
                                expected.starts()[i],
                                expected.ends()[i]);
            }
            if (found.types()[i] != expected.types()[i]) {
                return "type of token " + i;
            }
            if (found.special()[i] != (expected.special()[i] != 0)) {
                return "special mask of token " + i;
            }
        }
        for (boolean skip : new boolean[] {false, true}) {
            String decoded = ours.decode(found.ids(), skip);
            String wanted = theirs.decode(ids, skip);
            if (!decoded.equals(wanted)) {
                return "decoded '%s' and theirs '%s'".formatted(decoded, wanted);
            }
        }
        return null;
    }

    private String shown(long[] ids) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < Math.min(40, ids.length); i++) {
            all.append(ids[i]).append('=').append(ours.token((int) ids[i])).append(' ');
        }
        return all.toString();
    }

    private static int[] codePoints(String text) {
        int[] points = new int[text.length() + 1];
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            points[i] = count;
            boolean first =
                    Character.isHighSurrogate(text.charAt(i))
                            && i + 1 < text.length()
                            && Character.isLowSurrogate(text.charAt(i + 1));
            if (!first) {
                count++;
            }
        }
        points[text.length()] = count;
        return points;
    }
}
