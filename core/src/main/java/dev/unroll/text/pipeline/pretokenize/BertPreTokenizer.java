package dev.unroll.text.pipeline.pretokenize;

import dev.unroll.text.pipeline.AlignedText;
import dev.unroll.text.pipeline.CharacterKinds;
import dev.unroll.text.pipeline.PreTokenizer;
import java.util.function.Consumer;

/** Cuts at white space, which is left out, and around each punctuation mark. */
public record BertPreTokenizer() implements PreTokenizer {

    @Override
    public void split(AlignedText text, Consumer<AlignedText> pieces) {
        int from = 0;
        int codePoint;
        int next;
        for (int i = 0; i < text.length(); i = next) {
            codePoint = text.codePointAt(i);
            next = i + Character.charCount(codePoint);
            boolean space = CharacterKinds.isSpace(codePoint);
            if (space || CharacterKinds.isPunctuation(codePoint)) {
                if (i > from) {
                    pieces.accept(text.slice(from, i));
                }
                if (!space) {
                    pieces.accept(text.slice(i, next));
                }
                from = next;
            }
        }
        if (text.length() > from) {
            pieces.accept(text.slice(from, text.length()));
        }
    }
}
