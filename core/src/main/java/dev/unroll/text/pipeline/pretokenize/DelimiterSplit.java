package dev.unroll.text.pipeline.pretokenize;

import dev.unroll.text.pipeline.AlignedText;
import dev.unroll.text.pipeline.PreTokenizer;
import java.util.function.Consumer;

/**
 * Cuts at a character, which is left out ({@code CharDelimiterSplit} in a {@code tokenizer.json}).
 *
 * @param delimiter a code point
 */
public record DelimiterSplit(int delimiter) implements PreTokenizer {

    @Override
    public void split(AlignedText text, Consumer<AlignedText> pieces) {
        new CharacterSplit(one -> one == delimiter, SplitBehavior.REMOVED).split(text, pieces);
    }
}
