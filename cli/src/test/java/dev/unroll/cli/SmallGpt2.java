package dev.unroll.cli;

import dev.unroll.formats.safetensors.Safetensors;
import dev.unroll.pretrained.Pretrained;
import dev.unroll.pretrained.architecture.ModelConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * A folder of Hugging Face's form with a GPT-2 that goes on with one text, by the place of a token
 * alone, and with the bytes, seven merges and the end of text as its tokens. The id of a byte's
 * token is the byte.
 */
final class SmallGpt2 {
    /** {@code <|endoftext|>}; ids above it have no token. */
    static final int END = 263;

    private static final int ROWS = 266;
    private static final int LONGEST = 64;
    private static final float STRONG = 10;

    private SmallGpt2() {}

    /** Writes the files; the model writes these tokens, each where it stands. */
    static void write(Path folder, int... text) throws IOException {
        Files.createDirectories(folder);
        byte[] config =
                """
                {"model_type": "gpt2", "n_embd": %d, "n_head": 1, "n_layer": 1, "n_inner": 2,
                 "n_positions": %d, "vocab_size": %d, "bos_token_id": %d, "eos_token_id": %d}
                """
                        .formatted(ROWS, LONGEST, ROWS, END, END)
                        .getBytes(StandardCharsets.UTF_8);
        Files.write(folder.resolve("config.json"), config);
        Pretrained blank = Pretrained.blank(ModelConfig.parse(config, "config.json"));
        Safetensors zeroes = blank.weights(blank.network());
        Map<String, Safetensors.Array> arrays = new LinkedHashMap<>(zeroes.arrays());
        float[] words = new float[ROWS * ROWS];
        for (int id = 0; id < ROWS; id++) {
            words[id * ROWS + id] = 1;
        }
        float[] positions = new float[LONGEST * ROWS];
        for (int i = 1; i < text.length; i++) {
            positions[(i - 1) * ROWS + text[i]] = STRONG;
        }
        float[] ones = new float[ROWS];
        Arrays.fill(ones, 1);
        set(arrays, "wte.weight", words);
        set(arrays, "wpe.weight", positions);
        set(arrays, "ln_f.weight", ones);
        new Safetensors(arrays, zeroes.metadata()).write(folder.resolve("model.safetensors"));
        Files.write(
                folder.resolve("vocab.json"), JsonMapper.shared().writeValueAsBytes(vocabulary()));
        StringBuilder merges = new StringBuilder("#version: 0.2\n");
        merges().forEach(pair -> merges.append(String.join(" ", pair)).append('\n'));
        Files.writeString(folder.resolve("merges.txt"), merges);
    }

    private static void set(Map<String, Safetensors.Array> arrays, String name, float[] values) {
        for (Map.Entry<String, Safetensors.Array> array : arrays.entrySet()) {
            if (array.getKey().endsWith(name)) {
                array.setValue(new Safetensors.Array(array.getValue().shape(), values));
            }
        }
    }

    /** {@return the tokens with their ids} */
    static Map<String, Integer> vocabulary() {
        Map<String, Integer> ids = new LinkedHashMap<>();
        for (int value = 0; value < 256; value++) {
            ids.put(letter(value), value);
        }
        merges().forEach(pair -> ids.put(String.join("", pair), ids.size()));
        ids.put("<|endoftext|>", END);
        return ids;
    }

    /** The last two make three of the four bytes of an emoji one token. */
    private static List<List<String>> merges() {
        String first = letter(0xF0);
        String second = letter(0x9F);
        return List.of(
                List.of("h", "e"),
                List.of("l", "l"),
                List.of("he", "ll"),
                List.of("hell", "o"),
                List.of(letter(' '), "w"),
                List.of(first, second),
                List.of(first + second, letter(0x98)));
    }

    /** The letter that GPT-2 writes for a byte: itself, or one of those from U+0100 on. */
    private static String letter(int value) {
        int others = 0;
        for (int i = 0; i <= value; i++) {
            boolean seen = i > ' ' && i < 0x7F || i > 0xA0 && i != 0xAD;
            if (i == value) {
                return Character.toString(seen ? value : 0x100 + others);
            }
            others += seen ? 0 : 1;
        }
        throw new IllegalArgumentException(value + " is no byte");
    }
}
