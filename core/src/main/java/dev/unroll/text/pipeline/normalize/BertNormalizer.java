package dev.unroll.text.pipeline.normalize;

import dev.unroll.text.pipeline.AlignedText;
import dev.unroll.text.pipeline.CharacterKinds;
import dev.unroll.text.pipeline.Normalizer;

/**
 * What BERT does to a text (Devlin et al. 2019, {@code tokenization.py} of its published code).
 *
 * @param cleans whether control characters are left out and every white space becomes a space
 * @param spacesChinese whether a space is put on both sides of Chinese characters
 * @param stripsAccents whether characters are decomposed and non-spacing marks left out
 * @param lowercases whether every character becomes its lower case
 */
public record BertNormalizer(
        boolean cleans, boolean spacesChinese, boolean stripsAccents, boolean lowercases)
        implements Normalizer {

    @Override
    public AlignedText normalize(AlignedText text) {
        if (isPrintableAscii(text)) {
            return lowercases ? LowercaseNormalizer.ascii(text) : text;
        }
        AlignedText changed = text;
        if (cleans) {
            changed = clean(changed);
        }
        if (spacesChinese) {
            changed = space(changed);
        }
        if (stripsAccents) {
            changed = AccentStripper.strip(Rewriting.form(changed, java.text.Normalizer.Form.NFD));
        }
        return lowercases ? LowercaseNormalizer.lowercase(changed) : changed;
    }

    private static boolean isPrintableAscii(AlignedText text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit < ' ' || unit > '~') {
                return false;
            }
        }
        return true;
    }

    private static AlignedText clean(AlignedText text) {
        AlignedText kept = Rewriting.filter(text, BertNormalizer::isKept);
        return Rewriting.map(kept, one -> CharacterKinds.isSpace(one) ? ' ' : one);
    }

    private static boolean isKept(int codePoint) {
        if (codePoint == '\t' || codePoint == '\n' || codePoint == '\r') {
            return true;
        }
        return codePoint != 0 && codePoint != 0xFFFD && !isControl(codePoint);
    }

    private static boolean isControl(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.PRIVATE_USE -> true;
            case Character.FORMAT -> !NewerCharacters.NO_CONTROL.contains(codePoint);
            default -> false;
        };
    }

    private static AlignedText space(AlignedText text) {
        boolean any = false;
        int codePoint;
        for (int i = 0; i < text.length() && !any; i += Character.charCount(codePoint)) {
            codePoint = text.codePointAt(i);
            any = isChinese(codePoint);
        }
        if (!any) {
            return text;
        }
        AlignedText.Rewriter rewriter = text.rewriter(0);
        for (int i = 0; i < text.length(); i += Character.charCount(codePoint)) {
            codePoint = text.codePointAt(i);
            if (isChinese(codePoint)) {
                rewriter.add(' ', 0); // all three stand for the character
                rewriter.add(codePoint, 1);
                rewriter.add(' ', 1);
            } else {
                rewriter.add(codePoint, 0);
            }
        }
        return rewriter.text();
    }

    private static boolean isChinese(int codePoint) {
        return codePoint >= 0x3400
                && (codePoint <= 0x4DBF
                        || (codePoint >= 0x4E00 && codePoint <= 0x9FFF)
                        || (codePoint >= 0xF900 && codePoint <= 0xFAFF)
                        || (codePoint >= 0x20000 && codePoint <= 0x2A6DF)
                        || (codePoint >= 0x2A700 && codePoint <= 0x2B81F)
                        || (codePoint >= 0x2B920 && codePoint <= 0x2CEAF)
                        || (codePoint >= 0x2F800 && codePoint <= 0x2FA1F));
    }
}
