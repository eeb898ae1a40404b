package dev.unroll.text.pipeline.pretokenize;

import dev.unroll.text.pipeline.AlignedText;
import dev.unroll.text.pipeline.ByteLetters;
import dev.unroll.text.pipeline.PreTokenizer;
import java.util.function.Consumer;

/**
 * Cuts into GPT-2's words, and spells each with its bytes as letters (Radford et al. 2019).
 *
 * @param prefixed whether a space is put before a text that does not begin with one
 * @param cuts whether the text is cut into words
 */
public record ByteLevel(boolean prefixed, boolean cuts) implements PreTokenizer {

    @Override
    public void split(AlignedText text, Consumer<AlignedText> pieces) {
        if (text.isEmpty()) {
            return;
        }
        AlignedText whole = prefixed && text.charAt(0) != ' ' ? withSpace(text) : text;
        if (!cuts) {
            pieces.accept(ByteLetters.spelled(whole));
            return;
        }
        int from = 0;
        while (from < whole.length()) {
            int to = GptWords.end(whole, from);
            pieces.accept(ByteLetters.spelled(whole.slice(from, to)));
            from = to;
        }
    }

    private static AlignedText withSpace(AlignedText text) {
        AlignedText.Rewriter rewriter = text.rewriter(0);
        int first = text.codePointAt(0);
        rewriter.add(' ', 0);
        rewriter.add(first, 1);
        rewriter.keepTo(text.length());
        return rewriter.text();
    }
}
