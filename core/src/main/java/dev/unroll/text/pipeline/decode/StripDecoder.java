package dev.unroll.text.pipeline.decode;

import dev.unroll.text.pipeline.Decoder;
import java.util.List;

/**
 * Takes a character off both ends of each part.
 *
 * @param content the character, a code point
 * @param start how many are taken off the beginning at most
 * @param stop how many are taken off the end at most
 */
public record StripDecoder(int content, int start, int stop) implements Decoder {

    @Override
    public List<String> decode(List<String> tokens) {
        return tokens.stream().map(this::stripped).toList();
    }

    private String stripped(String token) {
        int width = Character.charCount(content);
        int from = 0;
        for (int i = 0; i < start && from < token.length(); i++) {
            if (token.codePointAt(from) != content) {
                break;
            }
            from += width;
        }
        int to = token.length();
        for (int i = 0; i < stop && to > from; i++) {
            if (token.codePointBefore(to) != content) {
                break;
            }
            to -= width;
        }
        return token.substring(from, to);
    }
}
