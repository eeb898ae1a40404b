package dev.unroll.text;

import dev.unroll.text.pipeline.ByteLetters;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The 256 bytes as visible characters, so that any text in UTF-8 can be written with an alphabet of
 * 256 letters (Radford et al. 2019, "Language Models are Unsupervised Multitask Learners", section
 * 2.2, and {@code bytes_to_unicode} of its published encoder).
 *
 * <p>Bytes that are visible in Latin-1 stand for themselves; the 68 others take U+0100 and
 * following, in order. A space becomes U+0120 (Ġ).
 */
final class ByteAlphabet {

    private ByteAlphabet() {}

    /** The letter that stands for a byte, 0 to 255. */
    static String letter(int value) {
        return String.valueOf(ByteLetters.letter(value));
    }

    /** The 256 letters in the order of their code points. */
    static List<String> letters() {
        return IntStream.range(0, 256).mapToObj(ByteAlphabet::letter).sorted().toList();
    }

    /** The bytes that a token stands for. */
    static byte[] bytesOf(String token) {
        byte[] bytes = ByteLetters.bytes(token);
        if (bytes == null) {
            char letter =
                    (char)
                            token.chars()
                                    .filter(c -> ByteLetters.bytes(Character.toString(c)) == null)
                                    .findFirst()
                                    .orElseThrow();
            throw new IllegalArgumentException(
                    "token '%s' has the character '%c' (U+%04X), which stands for no byte"
                            .formatted(token, letter, (int) letter));
        }
        return bytes;
    }

    /** A text as UTF-8; it must not hold half a surrogate pair. */
    static byte[] encode(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The text of some bytes; those that are not UTF-8 become U+FFFD. */
    static String decode(byte[] bytes, int length) {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
