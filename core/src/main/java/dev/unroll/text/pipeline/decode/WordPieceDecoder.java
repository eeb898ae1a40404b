package dev.unroll.text.pipeline.decode;

import dev.unroll.text.pipeline.Decoder;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts words together: a space stands before each token but the first, unless it begins with the
 * prefix, which is left out.
 *
 * @param prefix of tokens that do not begin a word
 * @param cleansUp whether spaces before punctuation and English abbreviations are left out
 */
public record WordPieceDecoder(String prefix, boolean cleansUp) implements Decoder {

    @Override
    public List<String> decode(List<String> tokens) {
        List<String> parts = new ArrayList<>(tokens.size());
        for (int i = 0; i < tokens.size(); i++) {
            String token = tokens.get(i);
            if (i > 0) {
                token = token.startsWith(prefix) ? token.substring(prefix.length()) : " " + token;
            }
            parts.add(cleansUp ? cleanedUp(token) : token);
        }
        return parts;
    }

    static String cleanedUp(String text) {
        return text.replace(" .", ".")
                .replace(" ?", "?")
                .replace(" !", "!")
                .replace(" ,", ",")
                .replace(" ' ", "'")
                .replace(" n't", "n't")
                .replace(" 'm", "'m")
                .replace(" do not", " don't")
                .replace(" 's", "'s")
                .replace(" 've", "'ve")
                .replace(" 're", "'re");
    }
}
