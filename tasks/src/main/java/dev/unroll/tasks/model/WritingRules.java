package dev.unroll.tasks.model;

import dev.unroll.decode.NextToken;
import dev.unroll.pretrained.ModelFiles;
import dev.unroll.pretrained.Pretrained;
import dev.unroll.pretrained.architecture.ModelConfig;
import dev.unroll.pretrained.architecture.PretrainedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/**
 * How a model that others trained wants to write, by {@code generation_config.json} or, what is not
 * there, {@code config.json}. Of what Hugging Face's transformers know, these are followed.
 *
 * @param start {@code decoder_start_token_id}, or else {@code bos_token_id}
 * @param end {@code eos_token_id}
 * @param first {@code forced_bos_token_id}: what is always written first, if anything
 * @param never {@code bad_words_ids} of one token, and the padding
 * @param beam {@code num_beams}
 */
public record WritingRules(int start, int end, OptionalInt first, List<Integer> never, int beam) {
    private static final String OWN_FILE = "generation_config.json";
    private static final int WIDEST = 64;

    public WritingRules {
        never = List.copyOf(never);
    }

    /**
     * The rules of a model.
     *
     * @throws IllegalArgumentException if they name no end, or a token that the model has not
     */
    public static WritingRules of(Pretrained model) throws IOException {
        return new Reader(own(model.files()), model.config()).rules();
    }

    private static ModelConfig own(ModelFiles files) throws IOException {
        return files.has(OWN_FILE)
                ? ModelConfig.parse(files.read(OWN_FILE), files.from() + ": " + OWN_FILE)
                : ModelConfig.parse("{}".getBytes(StandardCharsets.UTF_8), "");
    }

    /** Reads keys of the one file, or else of the other. */
    private record Reader(ModelConfig own, ModelConfig config) {

        WritingRules rules() {
            int end =
                    token("eos_token_id")
                            .orElseThrow(() -> wrong("eos_token_id", "is missing or several"));
            OptionalInt padding = token("pad_token_id");
            List<Integer> never = new ArrayList<>();
            if (padding.isPresent() && padding.getAsInt() != end) {
                never.add(padding.getAsInt());
            }
            for (JsonNode words : node("bad_words_ids")) {
                if (words.size() == 1) {
                    never.add(id("bad_words_ids", words.get(0)));
                }
            }
            OptionalInt begin = token("decoder_start_token_id");
            int start = begin.isPresent() ? begin.getAsInt() : token("bos_token_id").orElse(end);
            JsonNode beams = node("num_beams");
            int beam = beams.isInt() ? Math.clamp(beams.intValue(), 1, WIDEST) : 1;
            return new WritingRules(start, end, token("forced_bos_token_id"), never, beam);
        }

        private JsonNode node(String key) {
            JsonNode node = own.json().path(key);
            return node.isMissingNode() || node.isNull() ? config.json().path(key) : node;
        }

        private OptionalInt token(String key) {
            JsonNode node = node(key);
            return node.isNumber() ? OptionalInt.of(id(key, node)) : OptionalInt.empty();
        }

        private int id(String key, JsonNode node) {
            int vocabulary = config.count("vocab_size");
            if (!node.isInt() || node.intValue() < 0 || node.intValue() >= vocabulary) {
                throw wrong(key, "is %s, and ids are from 0 to %d".formatted(node, vocabulary - 1));
            }
            return node.intValue();
        }

        private PretrainedException wrong(String key, String what) {
            return new PretrainedException("%s: '%s' %s".formatted(config.from(), key, what));
        }
    }

    /** The next tokens that these rules let come. */
    NextToken allowed(NextToken next) {
        return first.isEmpty() && never.isEmpty() ? next : new Ruled(next);
    }

    /** Puts −∞ where a token must not come. */
    private final class Ruled implements NextToken {
        private final NextToken next;
        private boolean begun;

        Ruled(NextToken next) {
            this.next = next;
        }

        @Override
        public float[][] after(int[] parents, int[] tokens) {
            float[][] rows = next.after(parents, tokens); // ours: a search does not keep them
            for (float[] row : rows) {
                if (!begun && first.isPresent()) {
                    Arrays.fill(row, Float.NEGATIVE_INFINITY);
                    row[first.getAsInt()] = 0;
                } else {
                    never.forEach(token -> row[token] = Float.NEGATIVE_INFINITY);
                }
            }
            begun = true;
            return rows;
        }
    }
}
