package dev.unroll.text.pipeline.pretokenize;

import dev.unroll.text.pipeline.AlignedText;
import dev.unroll.text.pipeline.PreTokenizer;
import dev.unroll.text.pipeline.TextPattern;
import java.util.function.Consumer;

/**
 * Cuts where a pattern is found ({@code Split} in a {@code tokenizer.json}).
 *
 * @param pattern that is looked for
 * @param behavior what becomes of what is found
 * @param inverted whether what lies between is taken for what is found
 */
public record PatternSplit(TextPattern pattern, SplitBehavior behavior, boolean inverted)
        implements PreTokenizer {

    @Override
    public void split(AlignedText text, Consumer<AlignedText> pieces) {
        SplitBehavior.Cuts cuts = new SplitBehavior.Cuts(text, inverted);
        pattern.find(text, cuts::found);
        cuts.pieces(behavior, pieces);
    }
}
