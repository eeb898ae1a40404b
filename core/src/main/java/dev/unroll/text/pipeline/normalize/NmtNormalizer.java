package dev.unroll.text.pipeline.normalize;

import dev.unroll.text.pipeline.AlignedText;
import dev.unroll.text.pipeline.Normalizer;

/**
 * Leaves control characters out and makes spaces of unusual ones, as SentencePiece's nmt rules do.
 */
public record NmtNormalizer() implements Normalizer {

    @Override
    public AlignedText normalize(AlignedText text) {
        return Rewriting.map(Rewriting.filter(text, one -> !isControl(one)), NmtNormalizer::mapped);
    }

    private static boolean isControl(int codePoint) {
        return (codePoint >= 1 && codePoint <= 8)
                || codePoint == 0xB
                || (codePoint >= 0xE && codePoint <= 0x1F)
                || codePoint == 0x7F
                || codePoint == 0x8F
                || codePoint == 0x9F;
    }

    private static int mapped(int codePoint) {
        boolean space =
                codePoint == 9
                        || codePoint == 0xA
                        || codePoint == 0xC
                        || codePoint == 0xD
                        || codePoint == 0x1680
                        || (codePoint >= 0x200B && codePoint <= 0x200F)
                        || codePoint == 0x2028
                        || codePoint == 0x2029
                        || codePoint == 0x2581
                        || codePoint == 0xFEFF
                        || codePoint == 0xFFFD;
        return space ? ' ' : codePoint;
    }
}
