package dev.unroll.text.pipeline.decode;

import dev.unroll.text.pipeline.Decoder;
import java.util.List;

/** Puts all parts together, so that decoders behind it see one. */
public record FuseDecoder() implements Decoder {

    @Override
    public List<String> decode(List<String> tokens) {
        return List.of(String.join("", tokens));
    }
}
