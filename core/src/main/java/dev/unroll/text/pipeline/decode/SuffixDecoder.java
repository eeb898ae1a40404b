package dev.unroll.text.pipeline.decode;

import dev.unroll.text.pipeline.Decoder;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes spaces of the suffix that ends words, but for the last token ({@code BPEDecoder} in a
 * {@code tokenizer.json}).
 *
 * @param suffix such as {@code </w>}
 */
public record SuffixDecoder(String suffix) implements Decoder {

    @Override
    public List<String> decode(List<String> tokens) {
        List<String> parts = new ArrayList<>(tokens.size());
        for (int i = 0; i < tokens.size(); i++) {
            parts.add(tokens.get(i).replace(suffix, i == tokens.size() - 1 ? "" : " "));
        }
        return parts;
    }
}
