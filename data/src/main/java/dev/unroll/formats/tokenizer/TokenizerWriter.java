package dev.unroll.formats.tokenizer;

import dev.unroll.text.BytePairTokenizer;
import dev.unroll.text.CharacterTokenizer;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.Vocabulary;
import dev.unroll.text.WordTokenizer;
import java.text.Normalizer;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes a tokenizer in the form that {@link TokenizerReader} reads. */
final class TokenizerWriter {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private TokenizerWriter() {}

    static String write(Tokenizer tokenizer) {
        TokenizerPipeline layout = TokenizerPipeline.of(tokenizer);
        ObjectNode root = JSON.objectNode();
        root.put("version", "1.0").putNull("truncation").putNull("padding");
        addedTokens(root.putArray("added_tokens"));
        steps(layout.normalizer(), "normalizer", "normalizers", root);
        steps(layout.preTokenizer(), "pre_tokenizer", "pretokenizers", root);
        root.putNull("post_processor");
        steps(layout.decoder(), "decoder", "decoders", root);
        model(tokenizer, root.putObject("model"));
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    private static void addedTokens(ArrayNode added) {
        for (int id = 0; id < Vocabulary.SPECIALS.size(); id++) {
            added.addObject()
                    .put("id", id)
                    .put("content", Vocabulary.SPECIALS.get(id))
                    .put("single_word", false)
                    .put("lstrip", false)
                    .put("rstrip", false)
                    .put("normalized", false)
                    .put("special", true);
        }
    }

    /** No step is null, one stands for itself, and more make a Sequence. */
    private static void steps(
            List<PipelineStep> steps, String name, String plural, ObjectNode root) {
        switch (steps.size()) {
            case 0 -> root.putNull(name);
            case 1 -> root.set(name, step(steps.getFirst()));
            default -> {
                ObjectNode sequence = root.putObject(name).put("type", "Sequence");
                ArrayNode parts = sequence.putArray(plural);
                steps.forEach(step -> parts.add(step(step)));
            }
        }
    }

    private static ObjectNode step(PipelineStep step) {
        ObjectNode node = JSON.objectNode();
        switch (step) {
            case PipelineStep.Form(Normalizer.Form form) -> node.put("type", form.name());
            case PipelineStep.Lowercase() -> node.put("type", "Lowercase");
            case PipelineStep.Prepend(String prepend) ->
                    node.put("type", "Prepend").put("prepend", prepend);
            case PipelineStep.ByteLevel(boolean addPrefixSpace, boolean useRegex) ->
                    byteLevel(node, addPrefixSpace, useRegex);
            case PipelineStep.Split(String regex, String behavior, boolean invert) -> {
                node.put("type", "Split").putObject("pattern").put("Regex", regex);
                node.put("behavior", behavior).put("invert", invert);
            }
            case PipelineStep.Bytes() -> byteLevel(node, true, true);
            case PipelineStep.Fuse() -> node.put("type", "Fuse");
            case PipelineStep.Strip(String content, int start, int stop) ->
                    node.put("type", "Strip")
                            .put("content", content)
                            .put("start", start)
                            .put("stop", stop);
        }
        return node;
    }

    private static void byteLevel(ObjectNode node, boolean addPrefixSpace, boolean useRegex) {
        node.put("type", "ByteLevel")
                .put("add_prefix_space", addPrefixSpace)
                .put("trim_offsets", true)
                .put("use_regex", useRegex);
    }

    private static void model(Tokenizer tokenizer, ObjectNode model) {
        switch (tokenizer) {
            case BytePairTokenizer bytePairs -> {
                model.put("type", "BPE")
                        .putNull("dropout")
                        .put("unk_token", Vocabulary.UNKNOWN)
                        .putNull("continuing_subword_prefix")
                        .putNull("end_of_word_suffix")
                        .put("fuse_unk", false)
                        .put("byte_fallback", false)
                        .put("ignore_merges", false);
                vocabulary(bytePairs.vocabulary(), model);
                ArrayNode merges = model.putArray("merges");
                bytePairs
                        .merges()
                        .forEach(merge -> merges.addArray().add(merge.left()).add(merge.right()));
            }
            case WordTokenizer words -> wordLevel(words.vocabulary(), model);
            case CharacterTokenizer characters -> wordLevel(characters.vocabulary(), model);
            default -> throw TokenizerPipeline.withoutForm(tokenizer);
        }
    }

    private static void wordLevel(Vocabulary vocabulary, ObjectNode model) {
        model.put("type", "WordLevel");
        vocabulary(vocabulary, model);
        model.put("unk_token", Vocabulary.UNKNOWN);
    }

    private static void vocabulary(Vocabulary vocabulary, ObjectNode model) {
        ObjectNode ids = model.putObject("vocab");
        for (int id = 0; id < vocabulary.size(); id++) {
            ids.put(vocabulary.token(id), id);
        }
    }
}
