package dev.unroll.text.pipeline.normalize;

import dev.unroll.text.pipeline.AlignedText;
import dev.unroll.text.pipeline.ByteLetters;
import dev.unroll.text.pipeline.Normalizer;

/** Spells a text with its bytes as letters. */
public record ByteLevelNormalizer() implements Normalizer {

    @Override
    public AlignedText normalize(AlignedText text) {
        return ByteLetters.spelled(text);
    }
}
