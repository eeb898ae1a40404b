package dev.unroll.text.pipeline.decode;

import dev.unroll.text.pipeline.ByteLetters;
import dev.unroll.text.pipeline.Decoder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Makes one text of the bytes that the tokens' letters stand for. A token with a character that
 * stands for no byte is taken as it is; bytes that are not UTF-8 become U+FFFD.
 */
public record ByteLevelDecoder() implements Decoder {

    @Override
    public List<String> decode(List<String> tokens) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String token : tokens) {
            byte[] decoded = ByteLetters.bytes(token);
            bytes.writeBytes(decoded == null ? token.getBytes(StandardCharsets.UTF_8) : decoded);
        }
        return List.of(bytes.toString(StandardCharsets.UTF_8));
    }
}
