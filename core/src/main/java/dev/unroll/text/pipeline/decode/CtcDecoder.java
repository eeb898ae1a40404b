package dev.unroll.text.pipeline.decode;

import dev.unroll.text.pipeline.Decoder;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes text of the labels of connectionist temporal classification: repeated tokens count once,
 * and padding is left out (Graves et al. 2006).
 *
 * @param padding the token between labels
 * @param delimiter the token between words
 * @param cleansUp whether the delimiter becomes a space, and spaces before punctuation are left out
 */
public record CtcDecoder(String padding, String delimiter, boolean cleansUp) implements Decoder {

    @Override
    public List<String> decode(List<String> tokens) {
        List<String> parts = new ArrayList<>(tokens.size());
        String before = null;
        for (String token : tokens) {
            if (!token.equals(before)) {
                String text = token.replace(padding, "");
                if (cleansUp) {
                    text = WordPieceDecoder.cleanedUp(text).replace(delimiter, " ");
                }
                if (!text.isEmpty()) {
                    parts.add(text);
                }
            }
            before = token;
        }
        return parts;
    }
}
