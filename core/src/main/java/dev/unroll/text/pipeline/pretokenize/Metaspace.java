package dev.unroll.text.pipeline.pretokenize;

import dev.unroll.text.pipeline.AlignedText;
import dev.unroll.text.pipeline.PreTokenizer;
import java.util.function.Consumer;

/**
 * Writes spaces as a visible character, and cuts before each (Kudo and Richardson 2018,
 * "SentencePiece").
 *
 * @param replacement of a space, a code point; usually U+2581
 * @param prefix whether one is put before a text that does not begin with it
 * @param splits whether the text is cut before each
 */
public record Metaspace(int replacement, Prefix prefix, boolean splits) implements PreTokenizer {

    /** Which texts a replacement is put before. */
    public enum Prefix {
        /** All, also those behind an added token. */
        ALWAYS,
        /** The one that begins where the original text begins. */
        FIRST,
        /** None. */
        NEVER
    }

    @Override
    public void split(AlignedText text, Consumer<AlignedText> pieces) {
        AlignedText written = written(text);
        if (!splits) {
            pieces.accept(written);
            return;
        }
        SplitBehavior.Cuts cuts = new SplitBehavior.Cuts(written, false);
        int width = Character.charCount(replacement);
        for (int i = 0; i < written.length(); i++) {
            if (written.charAt(i) == Character.highSurrogate(replacement)
                    || written.charAt(i) == replacement) {
                if (written.codePointAt(i) == replacement) {
                    cuts.found(i, i + width);
                }
            }
        }
        cuts.pieces(SplitBehavior.MERGED_WITH_NEXT, pieces);
    }

    private AlignedText written(AlignedText text) {
        if (text.isEmpty()) {
            return text;
        }
        int first = text.codePointAt(0);
        boolean prefixed =
                first != ' '
                        && first != replacement
                        && switch (prefix) {
                            case ALWAYS -> true;
                            case FIRST -> text.start() == 0;
                            case NEVER -> false;
                        };
        if (!prefixed && replacement < 0x10000) {
            return withoutSpaces(text);
        }
        AlignedText.Rewriter rewriter = text.rewriter(0);
        int codePoint;
        for (int i = 0; i < text.length(); i += Character.charCount(codePoint)) {
            codePoint = text.codePointAt(i);
            int one = codePoint == ' ' ? replacement : codePoint;
            if (i == 0 && prefixed) {
                rewriter.add(replacement, 0);
                rewriter.add(one, 1);
            } else {
                rewriter.add(one, 0);
            }
        }
        return rewriter.text();
    }

    private AlignedText withoutSpaces(AlignedText text) {
        String all = text.toString();
        return all.indexOf(' ') < 0 ? text : text.withUnits(all.replace(' ', (char) replacement));
    }
}
