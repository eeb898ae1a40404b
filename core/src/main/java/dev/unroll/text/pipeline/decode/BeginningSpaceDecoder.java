package dev.unroll.text.pipeline.decode;

import dev.unroll.text.pipeline.Decoder;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes the space off the beginning of a text, which SentencePiece writes as U+2581.
 *
 * @param all whether each token that stands before the first other character loses one, and not
 *     only the first
 */
public record BeginningSpaceDecoder(boolean all) implements Decoder {

    private static final String SPACE = "\u2581";

    @Override
    public List<String> decode(List<String> tokens) {
        List<String> parts = new ArrayList<>(tokens);
        for (int i = 0; i < parts.size(); i++) {
            String token = parts.get(i);
            if (token.isEmpty()) {
                continue;
            }
            if (!token.startsWith(SPACE)) {
                break;
            }
            parts.set(i, token.substring(1));
            if (!all || token.length() > 1) {
                break;
            }
        }
        return parts;
    }
}
