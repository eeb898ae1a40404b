package dev.unroll.text.pipeline.pretokenize;

import dev.unroll.text.pipeline.AlignedText;
import dev.unroll.text.pipeline.CharacterKinds;
import dev.unroll.text.pipeline.PreTokenizer;
import java.util.function.Consumer;

/**
 * Cuts into words and what is neither word nor white space; white space is left out ({@code
 * Whitespace} in a {@code tokenizer.json}: the expression <code>\w+|[^\w\s]+</code>).
 */
public record WordSplit() implements PreTokenizer {

    @Override
    public void split(AlignedText text, Consumer<AlignedText> pieces) {
        int from = 0;
        int before = 0;
        int codePoint;
        for (int i = 0; i < text.length(); i += Character.charCount(codePoint)) {
            codePoint = text.codePointAt(i);
            int kind = kind(codePoint);
            if (kind != before) {
                if (before != 0) {
                    pieces.accept(text.slice(from, i));
                }
                from = i;
                before = kind;
            }
        }
        if (before != 0) {
            pieces.accept(text.slice(from, text.length()));
        }
    }

    private static int kind(int codePoint) {
        if (CharacterKinds.isWord(codePoint)) {
            return 1;
        }
        return CharacterKinds.isSpace(codePoint) ? 0 : 2;
    }
}
