package dev.unroll.text.pipeline.pretokenize;

import dev.unroll.text.pipeline.AlignedText;
import dev.unroll.text.pipeline.CharacterKinds;
import dev.unroll.text.pipeline.PreTokenizer;
import java.util.function.Consumer;

/**
 * Cuts at punctuation ({@code Punctuation} in a {@code tokenizer.json}).
 *
 * @param behavior what becomes of it
 */
public record PunctuationSplit(SplitBehavior behavior) implements PreTokenizer {

    @Override
    public void split(AlignedText text, Consumer<AlignedText> pieces) {
        new CharacterSplit(CharacterKinds::isPunctuation, behavior).split(text, pieces);
    }
}
