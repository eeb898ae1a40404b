package dev.unroll.text.pipeline.pretokenize;

import dev.unroll.text.pipeline.AlignedText;
import dev.unroll.text.pipeline.CharacterKinds;
import dev.unroll.text.pipeline.PreTokenizer;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/**
 * Cuts at characters of a kind.
 *
 * @param kind of the characters
 * @param behavior what becomes of them
 */
record CharacterSplit(IntPredicate kind, SplitBehavior behavior) implements PreTokenizer {

    static final CharacterSplit SPACES =
            new CharacterSplit(CharacterKinds::isSpace, SplitBehavior.REMOVED);

    @Override
    public void split(AlignedText text, Consumer<AlignedText> pieces) {
        SplitBehavior.Cuts cuts = new SplitBehavior.Cuts(text, false);
        int codePoint;
        int next;
        for (int i = 0; i < text.length(); i = next) {
            codePoint = text.codePointAt(i);
            next = i + Character.charCount(codePoint);
            if (kind.test(codePoint)) {
                cuts.found(i, next);
            }
        }
        cuts.pieces(behavior, pieces);
    }
}
