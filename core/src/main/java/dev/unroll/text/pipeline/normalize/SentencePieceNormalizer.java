package dev.unroll.text.pipeline.normalize;

import dev.unroll.text.pipeline.AlignedText;
import dev.unroll.text.pipeline.Normalizer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What SentencePiece does to a text (Kudo and Richardson 2018): its replacements, the longest at
 * each place, and its treatment of spaces.
 *
 * @param map of replacements; null for none
 * @param prefixed whether a space is put before the text
 * @param trims whether spaces at the ends are left out, and several count as one
 * @param escapes whether a space is written as U+2581
 */
public record SentencePieceNormalizer(
        @Nullable CharacterMap map, boolean prefixed, boolean trims, boolean escapes)
        implements Normalizer {

    private static final int METASPACE = 0x2581;

    @Override
    public AlignedText normalize(AlignedText text) {
        Replaced replaced = new Replaced(text);
        AlignedText all = map == null ? text : replaced.all(map);
        return spaced(all);
    }

    private AlignedText spaced(AlignedText text) {
        int from = 0;
        int to = text.length();
        if (trims) {
            while (from < to && text.charAt(from) == ' ') {
                from++;
            }
            while (to > from && (text.charAt(to - 1) == ' ' || text.charAt(to - 1) == METASPACE)) {
                to--;
            }
        }
        if (from == to) {
            return text.slice(from, to);
        }
        int space = escapes ? METASPACE : ' ';
        AlignedText.Rewriter rewriter = text.rewriter(from);
        int start = from;
        if (prefixed) {
            int first = text.codePointAt(from);
            rewriter.add(space, 0);
            rewriter.add(first == ' ' ? space : first, 1);
            start += Character.charCount(first);
        }
        int codePoint;
        for (int i = start; i < to; i += Character.charCount(codePoint)) {
            codePoint = text.codePointAt(i);
            if (codePoint != ' ') {
                rewriter.add(codePoint, 0);
            } else if (trims && i > from && text.charAt(i - 1) == ' ') {
                rewriter.skip(1);
            } else {
                rewriter.add(space, 0);
            }
        }
        return rewriter.text();
    }

    /** A text as its bytes are replaced. */
    private static final class Replaced {

        private final AlignedText text;
        private final byte[] bytes;

        Replaced(AlignedText text) {
            this.text = text;
            this.bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        }

        AlignedText all(CharacterMap map) {
            AlignedText.Rewriter rewriter = text.rewriter(0);
            boolean changed = false;
            int[] best = new int[2];
            int unit = 0;
            int at = 0;
            while (at < bytes.length) {
                best[0] = 0;
                map.prefixes(
                        bytes,
                        at,
                        bytes.length,
                        (length, replacement) -> {
                            best[0] = length;
                            best[1] = replacement;
                            return true;
                        });
                int codePoint = text.codePointAt(unit);
                if (best[0] == 0) {
                    rewriter.add(codePoint, 0);
                    unit += Character.charCount(codePoint);
                    at += width(codePoint);
                    continue;
                }
                changed = true;
                int count = 0;
                for (int end = at + best[0]; at < end; at += width(codePoint)) {
                    codePoint = text.codePointAt(unit);
                    unit += Character.charCount(codePoint);
                    count++;
                }
                write(map.replacement(best[1]), count, rewriter);
            }
            return changed ? rewriter.text() : text;
        }

        /** The first character of a replacement stands for all that is replaced. */
        private static void write(String content, int count, AlignedText.Rewriter rewriter) {
            if (content.isEmpty()) {
                rewriter.skip(count);
                return;
            }
            int[] change = {1 - count};
            content.codePoints()
                    .forEach(
                            one -> {
                                rewriter.add(one, change[0]);
                                change[0] = 1;
                            });
        }

        private static int width(int codePoint) {
            if (codePoint < 0x80) {
                return 1;
            }
            if (codePoint < 0x800) {
                return 2;
            }
            return codePoint < 0x10000 ? 3 : 4;
        }
    }
}
