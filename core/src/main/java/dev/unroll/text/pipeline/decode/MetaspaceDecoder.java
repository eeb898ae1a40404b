package dev.unroll.text.pipeline.decode;

import dev.unroll.text.pipeline.Decoder;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes spaces of the character that stands for them.
 *
 * @param replacement the character, a code point
 * @param prefixed whether one was put before the text; then it is left out of the first token
 */
public record MetaspaceDecoder(int replacement, boolean prefixed) implements Decoder {

    @Override
    public List<String> decode(List<String> tokens) {
        List<String> parts = new ArrayList<>(tokens.size());
        String written = Character.toString(replacement);
        for (String token : tokens) {
            parts.add(token.replace(written, parts.isEmpty() && prefixed ? "" : " "));
        }
        return parts;
    }
}
