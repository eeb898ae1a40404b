package dev.unroll.tasks.model;

import dev.unroll.nn.models.EncoderDecoder;
import dev.unroll.pretrained.ModelFiles;
import dev.unroll.pretrained.Pretrained;
import dev.unroll.pretrained.architecture.ModelConfig;
import dev.unroll.pretrained.architecture.PretrainedException;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Reads {@link WritingRules} from a model's files.
 *
 * @param decoder whether the model writes by a decoder, behind what an encoder read
 * @param own what {@code generation_config.json} has; null if there is none
 * @param config what {@code config.json} has, for what the other leaves out
 */
record WritingSettings(boolean decoder, @Nullable ModelConfig own, ModelConfig config) {
    private static final String FILE = "generation_config.json";
    private static final int WIDEST = 64;
    private static final int SHOWN = 60;

    static WritingSettings of(Pretrained model) throws IOException {
        ModelFiles files = model.files();
        return new WritingSettings(
                model.network() instanceof EncoderDecoder,
                files.has(FILE)
                        ? ModelConfig.parse(files.read(FILE), files.from() + ": " + FILE)
                        : null,
                model.config());
    }

    WritingRules rules() {
        int end =
                token("eos_token_id")
                        .orElseThrow(
                                () ->
                                        new PretrainedException(
                                                config.from()
                                                        + ": 'eos_token_id' is missing, so nobody"
                                                        + " knows which token ends a text"));
        Set<Integer> never = new LinkedHashSet<>();
        token("pad_token_id").ifPresent(never::add);
        Value words = value("bad_words_ids");
        words.require(words.node.isMissingNode() || words.node.isArray(), "a list of lists of ids");
        for (JsonNode word : words.node) {
            words.require(word.isArray(), "a list of lists of ids");
            if (word.size() == 1) {
                never.add(new Value(words.key, words.from, word.path(0)).id());
            }
        }
        never.remove(end);
        return new WritingRules(
                start(end), end, token("forced_bos_token_id"), never.stream().toList(), beam());
    }

    private int start(int end) {
        OptionalInt start = token("decoder_start_token_id");
        OptionalInt other = start.isPresent() ? start : token("bos_token_id");
        if (decoder && other.isEmpty()) {
            throw new PretrainedException(
                    config.from()
                            + ": 'decoder_start_token_id' is missing, so nobody knows which token"
                            + " the decoder begins behind; take it from the model's page (Marian's"
                            + " is that of <pad>)");
        }
        return other.orElse(end);
    }

    private int beam() {
        Value beams = value("num_beams");
        if (beams.node.isMissingNode()) {
            return 1;
        }
        beams.require(beams.node.isInt() && beams.node.intValue() > 0, "a number from 1");
        return Math.min(beams.node.intValue(), WIDEST);
    }

    /** A token, which may stand in a list of one. */
    private OptionalInt token(String key) {
        Value value = value(key);
        if (value.node.isMissingNode()) {
            return OptionalInt.empty();
        }
        boolean listed = value.node.isArray() && value.node.size() == 1;
        Value one = listed ? new Value(key, value.from, value.node.path(0)) : value;
        return OptionalInt.of(one.id());
    }

    private Value value(String key) {
        if (own != null) {
            JsonNode node = own.json().path(key);
            if (!node.isMissingNode() && !node.isNull()) {
                return new Value(key, own.from(), node);
            }
        }
        JsonNode node = config.json().path(key);
        return new Value(key, config.from(), node.isNull() ? MissingNode.getInstance() : node);
    }

    /** The value of a key in one of the two files; a missing node where neither has it. */
    private final class Value {
        private final String key;
        private final String from;
        private final JsonNode node;

        Value(String key, String from, JsonNode node) {
            this.key = key;
            this.from = from;
            this.node = node;
        }

        int id() {
            int tokens = config.count("vocab_size");
            require(
                    node.isInt() && node.intValue() >= 0 && node.intValue() < tokens,
                    "the id of one token, from 0 to " + (tokens - 1));
            return node.intValue();
        }

        void require(boolean fits, String wanted) {
            if (!fits) {
                String text = node.toString();
                throw new PretrainedException(
                        "%s: '%s' is %s; it should be %s"
                                .formatted(
                                        from,
                                        key,
                                        text.length() > SHOWN
                                                ? text.substring(0, SHOWN) + "…"
                                                : text,
                                        wanted));
            }
        }
    }
}
