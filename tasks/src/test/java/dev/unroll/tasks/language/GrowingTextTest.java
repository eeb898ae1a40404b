package dev.unroll.tasks.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.formats.tokenizer.PipelineFile;
import dev.unroll.tasks.model.ImportedTokens;
import dev.unroll.tasks.model.WriterTokens;
import dev.unroll.tasks.model.WritingRules;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A growing text of tokens that are single bytes, held against the text of all the bytes. */
class GrowingTextTest {
    private static final String BYTE_LEVEL = "{\"type\": \"ByteLevel\"}";
    private static final String FALLBACK =
            """
            {"type": "Sequence", "decoders": [{"type": "ByteFallback"}, {"type": "Fuse"}]}
            """;

    /** Tokens whose ids are the bytes that they stand for. */
    private static WriterTokens bytes(String decoder) {
        boolean level = decoder.equals(BYTE_LEVEL);
        String tokens =
                IntStream.range(0, 256)
                        .mapToObj(
                                value ->
                                        "\"%s\": %d"
                                                .formatted(
                                                        level
                                                                ? letter(value)
                                                                : "<0x%02X>".formatted(value),
                                                        value))
                        .collect(Collectors.joining(", "));
        String file =
                """
                {"added_tokens": [], "normalizer": null, "pre_tokenizer": null,
                 "post_processor": null, "decoder": %s,
                 "model": {"type": "WordLevel", "unk_token": "%s", "vocab": {%s}}}
                """
                        .formatted(decoder, level ? "a" : "<0x00>", tokens);
        return new ImportedTokens(
                PipelineFile.read(file.getBytes(StandardCharsets.UTF_8), "tokenizer.json"),
                new WritingRules(-1, -1, OptionalInt.empty(), List.of(), 1),
                new BitSet(),
                OptionalInt.empty());
    }

    /** The letter of a byte in GPT-2's tokens, as JSON writes it. */
    private static String letter(int value) {
        int others = 0;
        for (int i = 0; i < value; i++) {
            others += isSeen(i) ? 0 : 1;
        }
        return "\\u%04x".formatted(isSeen(value) ? value : 0x100 + others);
    }

    private static boolean isSeen(int value) {
        return value > ' ' && value < 0x7F || value > 0xA0 && value != 0xAD;
    }

    private static List<String> pieces(WriterTokens tokens, byte[] prompt, byte[] text) {
        List<String> pieces = new ArrayList<>();
        GrowingText growing = new GrowingText(tokens, ids(prompt), text.length, pieces::add);
        for (int id : ids(text)) {
            growing.append(id);
        }
        growing.end();
        return pieces;
    }

    private static int[] ids(byte[] text) {
        return IntStream.range(0, text.length).map(i -> text[i] & 0xFF).toArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void each_piece_is_a_whole_character_of_a_text() {
        String text = "né 👩\u200d🚀中\uFFFD!😀";
        List<String> characters = text.codePoints().mapToObj(Character::toString).toList();
        for (String decoder : List.of(BYTE_LEVEL, FALLBACK)) {
            List<String> pieces = pieces(bytes(decoder), utf8("é"), utf8(text));
            assertThat(String.join("", pieces)).isEqualTo(text);
            assertThat(characters).containsAll(pieces.subList(0, 6));
            assertThat(pieces).allMatch(piece -> !Character.isLowSurrogate(piece.charAt(0)));
        }
    }

    @Test
    void pieces_together_are_the_text_of_any_bytes() {
        WriterTokens tokens = bytes(BYTE_LEVEL);
        Random random = new Random(1);
        byte[] some = utf8("aé中😀😀👩");
        for (int trial = 0; trial < 300; trial++) {
            byte[] text = new byte[1 + random.nextInt(200)];
            for (int i = 0; i < text.length; i++) {
                text[i] = some[random.nextInt(some.length)];
                if (random.nextInt(4) == 0) { // a whole character among the bytes
                    byte[] whole = utf8("😀");
                    for (int j = 0; j < whole.length && i + 1 < text.length; j++) {
                        text[++i] = whole[j];
                    }
                }
            }
            assertThat(String.join("", pieces(tokens, utf8("ab"), text)))
                    .isEqualTo(new String(text, StandardCharsets.UTF_8));
        }
    }

    @Test
    void a_wrong_byte_leaves_the_characters_that_have_been_handed_out_and_none_is_lost() {
        for (int strays = 1; strays < 200; strays++) {
            byte[] text = new byte[4 + strays];
            Arrays.fill(text, (byte) 0x80);
            System.arraycopy(utf8("😀"), 0, text, 0, 4);
            assertThat(String.join("", pieces(bytes(FALLBACK), utf8("a"), text)))
                    .isEqualTo("😀" + "\uFFFD".repeat(strays));
        }
    }

    @Test
    void a_character_behind_any_number_of_bytes_that_are_no_text_is_whole() {
        WriterTokens tokens = bytes(BYTE_LEVEL);
        for (int strays = 0; strays < 300; strays++) {
            byte[] emoji = utf8("😀!");
            byte[] text = new byte[strays + emoji.length];
            Arrays.fill(text, (byte) 0x80);
            System.arraycopy(emoji, 0, text, strays, emoji.length);
            assertThat(String.join("", pieces(tokens, utf8("é"), text)))
                    .isEqualTo("\uFFFD".repeat(strays) + "😀!");
        }
    }
}
