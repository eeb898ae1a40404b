package dev.unroll.text.pipeline.normalize;

import dev.unroll.text.pipeline.AlignedText;
import dev.unroll.text.pipeline.Normalizer;

/**
 * Puts something before a text that is not empty; it counts as part of the first character.
 *
 * @param prefix to be put before
 */
public record PrependNormalizer(String prefix) implements Normalizer {

    @Override
    public AlignedText normalize(AlignedText text) {
        if (text.isEmpty() || prefix.isEmpty()) {
            return text;
        }
        AlignedText.Rewriter rewriter = text.rewriter(0);
        int first = text.codePointAt(0);
        int[] change = {0};
        prefix.codePoints().forEach(one -> rewriter.add(one, change[0]++));
        rewriter.add(first, 1);
        rewriter.keepTo(text.length());
        return rewriter.text();
    }
}
