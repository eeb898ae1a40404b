package dev.unroll.text.pipeline.normalize;

import dev.unroll.text.pipeline.AlignedText;
import dev.unroll.text.pipeline.Normalizer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * SentencePiece's replacements as Hugging Face's library makes them: those of a whole grapheme of
 * less than six bytes, and otherwise those of its characters ({@code Precompiled} in a {@code
 * tokenizer.json}).
 *
 * @param map of replacements
 */
public record PrecompiledNormalizer(CharacterMap map) implements Normalizer {

    private static final int LONGEST = 5;
    private static final Pattern GRAPHEME = Pattern.compile("\\X");

    @Override
    public AlignedText normalize(AlignedText text) {
        AlignedText.Rewriter rewriter = text.rewriter(0);
        boolean changed = false;
        Matcher matcher = GRAPHEME.matcher(text);
        int from = 0;
        while (from < text.length()) {
            int to = graphemeEnd(text, from, matcher);
            changed |= grapheme(text, from, to, rewriter);
            from = to;
        }
        return changed ? rewriter.text() : text;
    }

    private static int graphemeEnd(AlignedText text, int from, Matcher matcher) {
        char unit = text.charAt(from);
        boolean alone =
                unit < 0x80
                        && unit != '\r'
                        && (from + 1 == text.length() || text.charAt(from + 1) < 0x80);
        if (alone) {
            return from + 1;
        }
        return matcher.region(from, text.length()).lookingAt()
                ? matcher.end()
                : from + Character.charCount(text.codePointAt(from));
    }

    private boolean grapheme(AlignedText text, int from, int to, AlignedText.Rewriter rewriter) {
        if (to - from <= LONGEST) {
            String whole = text.slice(from, to).toString();
            byte[] bytes = whole.getBytes(StandardCharsets.UTF_8);
            String replacement = bytes.length > LONGEST ? null : replacement(bytes);
            if (replacement != null) {
                write(replacement, whole.codePointCount(0, whole.length()), rewriter);
                return true;
            }
            if (to - from == 1) {
                rewriter.add(whole.charAt(0), 0);
                return false;
            }
        }
        boolean changed = false;
        int codePoint;
        for (int i = from; i < to; i += Character.charCount(codePoint)) {
            codePoint = text.codePointAt(i);
            String replacement =
                    replacement(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
            if (replacement == null) {
                rewriter.add(codePoint, 0);
            } else {
                changed = true;
                write(replacement, 1, rewriter);
            }
        }
        return changed;
    }

    /** The replacement of the shortest beginning, as the library has it. */
    private @Nullable String replacement(byte[] bytes) {
        int[] found = {-1};
        map.prefixes(
                bytes,
                0,
                bytes.length,
                (_, at) -> {
                    found[0] = at;
                    return false;
                });
        return found[0] < 0 ? null : map.replacement(found[0]);
    }

    private static void write(String replacement, int old, AlignedText.Rewriter rewriter) {
        int[] written = {0};
        int difference = replacement.codePointCount(0, replacement.length()) - old;
        replacement
                .codePoints()
                .forEach(
                        one -> {
                            rewriter.add(one, written[0] == 0 ? difference : written[0]);
                            written[0]++;
                        });
    }
}
