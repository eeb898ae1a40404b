package dev.unroll.text.pipeline.decode;

import dev.unroll.text.pipeline.Decoder;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Makes text of tokens that stand for bytes, such as {@code <0x41>}. Such tokens next to each other
 * that are not UTF-8 become U+FFFD each.
 */
public record ByteFallbackDecoder() implements Decoder {

    @Override
    public List<String> decode(List<String> tokens) {
        List<String> parts = new ArrayList<>(tokens.size());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String token : tokens) {
            int value = value(token);
            if (value >= 0) {
                bytes.write(value);
            } else {
                flush(bytes, parts);
                parts.add(token);
            }
        }
        flush(bytes, parts);
        return parts;
    }

    private static int value(String token) {
        if (token.length() != 6
                || !token.startsWith("<0x")
                || token.charAt(5) != '>'
                || !HexFormat.isHexDigit(token.charAt(3))
                || !HexFormat.isHexDigit(token.charAt(4))) {
            return -1;
        }
        return HexFormat.fromHexDigits(token, 3, 5);
    }

    private static void flush(ByteArrayOutputStream bytes, List<String> parts) {
        if (bytes.size() == 0) {
            return;
        }
        try {
            parts.add(
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes.toByteArray()))
                            .toString());
        } catch (CharacterCodingException e) {
            for (int i = 0; i < bytes.size(); i++) {
                parts.add("\uFFFD");
            }
        }
        bytes.reset();
    }
}
