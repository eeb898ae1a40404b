package dev.unroll.text.pipeline.pretokenize;

import dev.unroll.text.pipeline.AlignedText;
import dev.unroll.text.pipeline.CharacterKinds;
import dev.unroll.text.pipeline.PreTokenizer;
import java.util.function.Consumer;

/**
 * Parts numbers from the rest ({@code Digits} in a {@code tokenizer.json}).
 *
 * @param individual whether each digit is a piece of its own
 */
public record DigitSplit(boolean individual) implements PreTokenizer {

    @Override
    public void split(AlignedText text, Consumer<AlignedText> pieces) {
        new CharacterSplit(
                        CharacterKinds::isNumber,
                        individual ? SplitBehavior.ISOLATED : SplitBehavior.CONTIGUOUS)
                .split(text, pieces);
    }
}
