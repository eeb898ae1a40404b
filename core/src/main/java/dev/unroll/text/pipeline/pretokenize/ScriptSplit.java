package dev.unroll.text.pipeline.pretokenize;

import dev.unroll.text.pipeline.AlignedText;
import dev.unroll.text.pipeline.PreTokenizer;
import java.lang.Character.UnicodeScript;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Cuts where the script changes ({@code UnicodeScripts} in a {@code tokenizer.json}). Hiragana,
 * Katakana and Han are one script, and a space belongs to any.
 */
public record ScriptSplit() implements PreTokenizer {

    @Override
    public void split(AlignedText text, Consumer<AlignedText> pieces) {
        UnicodeScript last = null;
        int from = -1;
        int codePoint;
        for (int i = 0; i < text.length(); i += Character.charCount(codePoint)) {
            codePoint = text.codePointAt(i);
            UnicodeScript script = script(codePoint);
            if (script != null && script != last) {
                if (from >= 0) {
                    pieces.accept(text.slice(from, i));
                }
                from = i;
            }
            if (script != null) {
                last = script;
            }
        }
        if (from >= 0) {
            pieces.accept(text.slice(from, text.length()));
        }
    }

    /** The script of a character; null for any. */
    private static @Nullable UnicodeScript script(int codePoint) {
        if (codePoint == ' ') {
            return null;
        }
        if (codePoint == 0x30FC) {
            return UnicodeScript.HAN;
        }
        UnicodeScript script = UnicodeScript.of(codePoint);
        return switch (script) {
            case HIRAGANA, KATAKANA -> UnicodeScript.HAN;
            case UNKNOWN -> null;
            default -> script;
        };
    }
}
