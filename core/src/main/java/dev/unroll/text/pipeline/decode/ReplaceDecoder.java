package dev.unroll.text.pipeline.decode;

import dev.unroll.text.pipeline.Decoder;
import dev.unroll.text.pipeline.TextPattern;
import java.util.List;

/**
 * Replaces what a pattern finds in each part.
 *
 * @param pattern that is looked for
 * @param content instead of it
 */
public record ReplaceDecoder(TextPattern pattern, String content) implements Decoder {

    @Override
    public List<String> decode(List<String> tokens) {
        return tokens.stream().map(this::replaced).toList();
    }

    private String replaced(String token) {
        StringBuilder text = new StringBuilder(token.length());
        int[] done = {0};
        pattern.find(
                token,
                (from, to) -> {
                    text.append(token, done[0], from).append(content);
                    done[0] = to;
                });
        return done[0] == 0 && text.isEmpty()
                ? token
                : text.append(token, done[0], token.length()).toString();
    }
}
