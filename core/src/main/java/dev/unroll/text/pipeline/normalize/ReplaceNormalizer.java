package dev.unroll.text.pipeline.normalize;

import dev.unroll.text.pipeline.AlignedText;
import dev.unroll.text.pipeline.Normalizer;
import dev.unroll.text.pipeline.TextPattern;

/**
 * Replaces what a pattern finds.
 *
 * @param pattern that is looked for
 * @param content instead of it
 */
public record ReplaceNormalizer(TextPattern pattern, String content) implements Normalizer {

    @Override
    public AlignedText normalize(AlignedText text) {
        if (pattern instanceof TextPattern.Literal(String one)
                && one.length() == 1
                && content.length() == 1) {
            String all = text.toString();
            return all.indexOf(one.charAt(0)) < 0
                    ? text
                    : text.withUnits(all.replace(one.charAt(0), content.charAt(0)));
        }
        AlignedText.Rewriter rewriter = text.rewriter(0);
        boolean[] any = {false};
        pattern.find(
                text,
                (from, to) -> {
                    any[0] = true;
                    rewriter.keepTo(from);
                    rewriter.skip(Character.codePointCount(text, from, to));
                    content.codePoints().forEach(one -> rewriter.add(one, 1));
                });
        if (!any[0]) {
            return text;
        }
        rewriter.keepTo(text.length());
        return rewriter.text();
    }
}
