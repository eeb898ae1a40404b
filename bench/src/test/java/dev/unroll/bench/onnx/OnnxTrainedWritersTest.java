package dev.unroll.bench.onnx;

import static dev.unroll.bench.onnx.OnnxExportTest.TOLERANCE;
import static dev.unroll.bench.onnx.OnnxWritersTest.best;
import static dev.unroll.bench.onnx.OnnxWritersTest.empty;
import static dev.unroll.bench.onnx.OnnxWritersTest.lastRow;
import static dev.unroll.bench.onnx.OnnxWritersTest.next;
import static dev.unroll.bench.onnx.OnnxWritersTest.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import dev.unroll.bench.onnx.OnnxWritersTest.Begun;
import dev.unroll.bench.onnx.OrtGraph.Numbers;
import dev.unroll.data.Corpus;
import dev.unroll.data.Pair;
import dev.unroll.data.Split;
import dev.unroll.decode.Sampling;
import dev.unroll.formats.image.Image;
import dev.unroll.nn.transformer.TransformerShape;
import dev.unroll.tasks.captioning.Caption;
import dev.unroll.tasks.captioning.CaptionedImage;
import dev.unroll.tasks.captioning.Captioner;
import dev.unroll.tasks.captioning.CaptioningRecipe;
import dev.unroll.tasks.captioning.CaptioningTask;
import dev.unroll.tasks.language.LanguageRecipe;
import dev.unroll.tasks.language.LanguageScore;
import dev.unroll.tasks.language.LanguageTask;
import dev.unroll.tasks.language.TextGenerator;
import dev.unroll.tasks.recipe.RecipeFile;
import dev.unroll.tasks.translation.TranslationRecipe;
import dev.unroll.tasks.translation.TranslationTask;
import dev.unroll.tasks.translation.Translator;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.Vocabulary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * ONNX Runtime writes the texts of trained runs that write, token by token, as the run's predictor
 * does that takes the likeliest one at every step.
 */
final class OnnxTrainedWritersTest {
    private static final String GRU = "{kind: gru, width: 16, hidden: 16, dropout: 0}";
    private static final String LSTM = "{kind: lstm, width: 16, hidden: 16, dropout: 0}";
    private static final String TRANSFORMER =
            "{kind: transformer, width: 16, heads: 2, layers: 2, dropout: 0}";
    private static final int LAYERS = 2;
    private static final int WIDTH = 16;
    private static final int CONTINUED = 40;

    @TempDir Path folder;

    private Path run() {
        return folder.resolve("run");
    }

    /** The first past of a model: that of a Transformer has no tokens. */
    private static Map<String, Numbers> past(String model) {
        return model.equals(TRANSFORMER) ? empty(TransformerShape.of(WIDTH, 2), LAYERS) : Map.of();
    }

    /**
     * A text that an exported graph wrote in ONNX Runtime, by greedy decoding.
     *
     * @param tokens without the end
     * @param logProbability of all of them, and of the end
     * @param finished whether there was an end
     */
    private record Written(List<Integer> tokens, double logProbability, boolean finished) {
        void requireSame(Tokenizer tokenizer, String text, double score, boolean ended) {
            int[] ids = tokens.stream().mapToInt(Integer::intValue).toArray();
            assertThat(tokenizer.show(ids)).isEqualTo(text);
            assertThat(logProbability).isCloseTo(score, within((double) TOLERANCE));
            assertThat(finished).isEqualTo(ended);
        }
    }

    private static Written written(OrtGraph step, Begun begun, Vocabulary vocabulary, int limit)
            throws OrtException {
        List<Integer> tokens = new ArrayList<>();
        Map<String, Numbers> before = begun.past();
        int token = vocabulary.start();
        double sum = 0;
        while (tokens.size() < limit) {
            Map<String, Numbers> inputs = new LinkedHashMap<>(before);
            inputs.putAll(begun.always());
            inputs.put("target_ids", token(token));
            OrtGraph.Outputs answer = step.run(inputs);
            float[] logits = lastRow(answer.get("logits"));
            token = best(logits);
            sum += logProbability(logits, token);
            if (token == vocabulary.end()) {
                return new Written(tokens, sum, true);
            }
            tokens.add(token);
            before = next(answer);
        }
        return new Written(tokens, sum, false);
    }

    private static double logProbability(float[] logits, int token) {
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - logits[token]);
        }
        return -Math.log(sum);
    }

    private static Pair phrase(int i) {
        List<String> english = List.of("red", "green", "black", "white");
        List<String> french = List.of("rouge", "vert", "noir", "blanc");
        List<Pair> nouns =
                List.of(
                        new Pair("dog", "chien"),
                        new Pair("cat", "chat"),
                        new Pair("bird", "oiseau"));
        Pair noun = nouns.get(i % 3);
        return new Pair(
                "a %s %s".formatted(english.get(i % 4), noun.source()),
                "un %s %s".formatted(noun.target(), french.get(i % 4)));
    }

    @ParameterizedTest
    @ValueSource(strings = {LSTM, TRANSFORMER})
    void translations_are_the_same(String model) throws Exception {
        TranslationRecipe recipe =
                RecipeFile.parse(
                        TranslationRecipe.class,
                        """
                        task: translate
                        data: {set: own, maxTokens: 20}
                        tokenizer: {kind: words}
                        model: %s
                        training: {epochs: 12, batchTokens: 40, learningRate: 0.02}
                        """
                                .formatted(model));
        List<Pair> learnt =
                IntStream.range(0, 130).filter(i -> i % 12 > 1).mapToObj(i -> phrase(i)).toList();
        Translator.train(recipe, Corpus.of("phrases", learnt), run());
        List<String> texts =
                List.of(phrase(0).source(), phrase(1).source(), "dog a white red bird", "the cat");

        Translator translator = Translator.load(run());
        List<Translator.Candidate> ours =
                translator.candidates(texts, translator.decoding().search()).stream()
                        .map(List::getFirst)
                        .toList();

        assertThat(translator.translate("a black bird")).startsWith("un oiseau");
        TrainedRun run = new TrainedRun(TranslationTask.TASK, run());
        Tokenizer tokenizer = run.tokenizer();
        try (OrtGraph encoder = run.graph("-encoder");
                OrtGraph step = run.graph("-step")) {
            for (int i = 0; i < texts.size(); i++) {
                int[] text = tokenizer.encode(texts.get(i));
                int[] source = Arrays.copyOf(text, text.length + 1);
                source[text.length] = tokenizer.vocabulary().end();
                Map<String, Numbers> lengths = Map.of("source_lengths", Numbers.lengths(source));
                Map<String, Numbers> read = new LinkedHashMap<>(lengths);
                read.put("source_ids", Numbers.padded(source));
                Begun begun = Begun.of(encoder.run(read), lengths, past(model));
                Written theirs =
                        written(
                                step,
                                begun,
                                tokenizer.vocabulary(),
                                translator.decoding().limit(source.length));
                Translator.Candidate expected = ours.get(i);
                theirs.requireSame(
                        tokenizer, expected.text(), expected.score(), expected.finished());
            }
        }
    }

    /** An image that is darker the less its number is. */
    private static CaptionedImage image(int i) {
        float[] values = new float[64];
        Arrays.fill(values, 0, i, 1);
        return new CaptionedImage(
                "image " + i,
                new Image(8, 8, 1, values),
                i < 20 ? "a dark image" : i < 40 ? "neither" : "much light");
    }

    @ParameterizedTest
    @ValueSource(strings = {GRU, TRANSFORMER})
    void captions_are_the_same(String model) throws Exception {
        CaptioningRecipe recipe =
                RecipeFile.parse(
                        CaptioningRecipe.class,
                        """
                        task: caption
                        data: {set: own}
                        image: {size: 8, colour: false, width: 8, stages: 1}
                        tokenizer: {kind: words}
                        model: %s
                        training: {epochs: 20, batchTokens: 40, learningRate: 0.01}
                        """
                                .formatted(model));
        List<CaptionedImage> learnt = IntStream.range(0, 60).mapToObj(i -> image(i)).toList();
        Captioner.train(recipe, Corpus.of("images", learnt), run());
        List<Image> images = IntStream.of(61, 30, 0).mapToObj(i -> darker(image(i))).toList();

        Captioner captioner = Captioner.load(run());
        List<Caption> ours = captioner.predictAll(images);

        assertThat(ours).extracting(Caption::text).contains("a dark image", "much light");
        TrainedRun run = new TrainedRun(CaptioningTask.TASK, run());
        Tokenizer tokenizer = run.tokenizer();
        try (OrtGraph encoder = run.graph("-encoder");
                OrtGraph step = run.graph("-step")) {
            for (int i = 0; i < images.size(); i++) {
                Map<String, Numbers> read = Map.of("images", ink(images.get(i)));
                Begun begun = Begun.of(encoder.run(read), Map.of(), past(model));
                Written theirs =
                        written(step, begun, tokenizer.vocabulary(), recipe.data().maxTokens() + 1);
                Caption expected = ours.get(i);
                theirs.requireSame(
                        tokenizer, expected.text(), expected.score(), expected.finished());
            }
        }
    }

    /** An image that was not learnt. */
    private static Image darker(CaptionedImage learnt) {
        float[] values = learnt.image().values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] *= 0.9f;
        }
        return new Image(8, 8, 1, values);
    }

    /** Ink is what is not light. */
    private static Numbers ink(Image image) {
        float[] values = image.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = 1 - values[i];
        }
        return Numbers.of(values, 1, image.height(), image.width(), image.channels());
    }

    @ParameterizedTest
    @ValueSource(strings = {GRU, TRANSFORMER})
    void a_texts_loss_and_the_continuations_of_prompts_are_the_same(String model) throws Exception {
        LanguageRecipe recipe =
                RecipeFile.parse(
                        LanguageRecipe.class,
                        """
                        task: generate
                        data: {set: own, length: 64, batch: 4, batches: 10}
                        model: %s
                        training: {epochs: 4, learningRate: 0.01}
                        """
                                .formatted(model));
        String song = "row, row, row your boat, gently down the stream. ";
        Corpus<String> corpus =
                new Corpus<>("song", List.of(song.repeat(20)), List.of(song.repeat(2)), List.of());
        TextGenerator.train(recipe, corpus, run());
        TrainedRun run = new TrainedRun(LanguageTask.TASK, run());
        try (OrtGraph whole = run.graph("");
                OrtGraph step = run.graph("-step")) {
            for (String text : List.of("gently row", "my boat, my dream")) {
                requireSameLoss(run.tokenizer().encode(text), loss(recipe, text), whole);
                requireSameContinuation(text, first(model), run.tokenizer(), step);
            }
        }
    }

    /** The loss that Unroll has on a text, in nats a token. */
    private double loss(LanguageRecipe recipe, String text) throws IOException {
        Corpus<String> unlearnt = new Corpus<>("text", List.of(), List.of(text), List.of());
        TextGenerator generator = TextGenerator.load(run());
        LanguageScore score =
                (LanguageScore)
                        LanguageTask.TASK
                                .evaluate(generator, recipe, unlearnt, Split.VALIDATION)
                                .metrics();
        return score.loss();
    }

    private static void requireSameLoss(int[] tokens, double ours, OrtGraph whole)
            throws OrtException {
        Map<String, Numbers> inputs =
                Map.of("input_ids", Numbers.padded(tokens), "lengths", Numbers.lengths(tokens));
        Numbers logits = whole.run(inputs).get("logits");
        double theirs = 0;
        for (int t = 1; t < tokens.length; t++) {
            theirs -= logProbability(logits.row(0, t - 1), tokens[t]) / (tokens.length - 1);
        }
        assertThat(theirs).isCloseTo(ours, within((double) TOLERANCE));
    }

    /**
     * The first inputs of a language model's step graph, before any token: its past or its states.
     */
    private static Map<String, Numbers> first(String model) {
        return model.equals(GRU)
                ? Map.of("state_0", Numbers.of(new float[WIDTH], 1, WIDTH))
                : past(model);
    }

    private void requireSameContinuation(
            String prompt, Map<String, Numbers> first, Tokenizer tokenizer, OrtGraph step)
            throws Exception {
        int[] tokens = new int[CONTINUED];
        Map<String, Numbers> inputs = new LinkedHashMap<>(first);
        inputs.put("input_ids", Numbers.padded(tokenizer.encode(prompt)));
        for (int t = 0; t < tokens.length; t++) {
            OrtGraph.Outputs answer = step.run(inputs);
            tokens[t] = bestOrdinary(lastRow(answer.get("logits")), tokenizer);
            inputs = next(answer);
            inputs.put("input_ids", token(tokens[t]));
        }
        Sampling likeliest = new Sampling(0, Sampling.ALL, 1, 1);
        TextGenerator generator =
                TextGenerator.load(run()).with(new TextGenerator.Options(likeliest, tokens.length));
        assertThat(tokenizer.show(tokens)).isEqualTo(generator.predict(prompt));
    }

    /** The likeliest token that has a text. */
    private static int bestOrdinary(float[] logits, Tokenizer tokenizer) {
        for (int id = 0; id < logits.length; id++) {
            if (tokenizer.vocabulary().isSpecial(id)) {
                logits[id] = Float.NEGATIVE_INFINITY;
            }
        }
        return best(logits);
    }
}
