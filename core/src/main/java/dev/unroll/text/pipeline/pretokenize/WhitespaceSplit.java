package dev.unroll.text.pipeline.pretokenize;

import dev.unroll.text.pipeline.AlignedText;
import dev.unroll.text.pipeline.PreTokenizer;
import java.util.function.Consumer;

/** Cuts at white space, which is left out. */
public record WhitespaceSplit() implements PreTokenizer {

    @Override
    public void split(AlignedText text, Consumer<AlignedText> pieces) {
        CharacterSplit.SPACES.split(text, pieces);
    }
}
