package dev.unroll.bench.tokenize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.unroll.formats.tokenizer.PipelineFile;
import dev.unroll.text.pipeline.CharacterKinds;
import dev.unroll.text.pipeline.TextPipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Models that SentencePiece's own program has trained on real text give its ids, and its text back.
 */
class SentencePieceTest {
    private static final String UNIGRAM = "--model_type=unigram --vocab_size=8000";
    private static final String PAIRS = "--model_type=bpe --vocab_size=8000";
    private static final String LITERAL =
            " --normalization_rule_name=identity --remove_extra_whitespaces=false";
    private static final String BYTES = " --byte_fallback";

    /** A line that models are trained on; all are encoded. */
    private static final int LONGEST = 300;

    @TempDir Path folder;

    private static List<String> lines;
    private static List<String> texts;

    @BeforeAll
    static void collect() throws IOException {
        assumeTrue(
                SentencePieceProgram.isInstalled(),
                "wants spm_train on the path (Debian: apt install sentencepiece)");
        lines = TextsAtHand.lines().stream().filter(line -> line.length() <= LONGEST).toList();
        texts =
                TextsAtHand.all().stream()
                        .map(CharacterKinds::withoutHalves)
                        .filter(text -> text.indexOf('\n') < 0)
                        .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                UNIGRAM,
                UNIGRAM + BYTES,
                UNIGRAM + LITERAL,
                UNIGRAM + " --normalization_rule_name=nmt_nfkc_cf --add_dummy_prefix=false",
                UNIGRAM + " --user_defined_symbols=<sep>,the,..",
                PAIRS,
                PAIRS + LITERAL + BYTES + " --split_digits",
                PAIRS + " --character_coverage=0.98",
                PAIRS + " --normalization_rule_name=nfkc --add_dummy_prefix=false" + BYTES
            })
    void a_trained_model_gives_the_programs_ids_and_text(String options) throws IOException {
        SentencePieceProgram program = new SentencePieceProgram(folder);
        Path model = program.train(lines, List.of(options.split(" ", -1)));

        List<int[]> ids = program.ids(model, texts);

        TextPipeline ours = PipelineFile.ofSentencePiece(model);
        assertThat(differences(ours, texts, ids)).isEmpty();
        List<String> decoded = program.texts(model, ids);
        for (int i = 0; i < ids.size(); i++) {
            assertThat(ours.decode(ids.get(i), false))
                    .as("'%s' of %s", texts.get(i), options)
                    .isEqualTo(decoded.get(i));
        }
    }

    /** With every twentieth piece missing from the vocabulary, and ids that are not the model's. */
    @Test
    void marians_vocabulary_gives_the_ids_of_the_programs_pieces_and_an_end() throws IOException {
        SentencePieceProgram program = new SentencePieceProgram(folder);
        Path model = program.train(lines, List.of(UNIGRAM.split(" ", -1)));
        List<String> pieces = program.pieces(model);
        Map<String, Integer> vocabulary = new LinkedHashMap<>(Map.of("</s>", 0, "<unk>", 1));
        for (int i = pieces.size() - 1; i >= 0; i--) {
            if (i % 20 != 7) {
                vocabulary.putIfAbsent(pieces.get(i), vocabulary.size());
            }
        }
        vocabulary.put("<pad>", vocabulary.size());
        Path file = folder.resolve("vocab.json");
        Files.write(file, JsonMapper.shared().writeValueAsBytes(vocabulary));
        List<String> plain =
                texts.stream()
                        .filter(
                                text ->
                                        List.of("</s>", "<unk>", "<pad>").stream()
                                                .noneMatch(text::contains))
                        .toList();

        List<int[]> expected =
                program.ids(model, plain).stream()
                        .map(
                                row ->
                                        IntStream.concat(
                                                        IntStream.of(row)
                                                                .mapToObj(pieces::get)
                                                                .mapToInt(
                                                                        piece ->
                                                                                vocabulary
                                                                                        .getOrDefault(
                                                                                                piece,
                                                                                                1)),
                                                        IntStream.of(0))
                                                .toArray())
                        .toList();

        assertThat(differences(PipelineFile.ofMarian(model, file), plain, expected)).isEmpty();
    }

    private static List<String> differences(
            TextPipeline ours, List<String> texts, List<int[]> expected) {
        assertThat(expected).hasSameSizeAs(texts);
        List<String> found = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            int[] ids = ours.encode(texts.get(i)).ids();
            if (!Arrays.equals(ids, expected.get(i))) {
                int at = Arrays.mismatch(ids, expected.get(i));
                found.add(
                        "'%s' from token %d: %s and theirs %s"
                                .formatted(
                                        texts.get(i),
                                        at,
                                        from(ids, at),
                                        from(expected.get(i), at)));
            }
        }
        return found;
    }

    private static String from(int[] ids, int at) {
        return Arrays.toString(Arrays.copyOfRange(ids, at, Math.min(at + 5, ids.length)));
    }
}
