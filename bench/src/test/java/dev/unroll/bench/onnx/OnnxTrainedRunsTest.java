package dev.unroll.bench.onnx;

import static dev.unroll.bench.onnx.OnnxExportTest.TOLERANCE;
import static dev.unroll.bench.onnx.OnnxWritersTest.best;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.bench.onnx.OrtGraph.Numbers;
import dev.unroll.data.Corpus;
import dev.unroll.data.LabelledText;
import dev.unroll.data.TaggedSentence;
import dev.unroll.formats.image.ImageMask;
import dev.unroll.tasks.classification.Classification;
import dev.unroll.tasks.classification.ClassificationRecipe;
import dev.unroll.tasks.classification.ClassificationTask;
import dev.unroll.tasks.classification.Classifier;
import dev.unroll.tasks.frames.FrameLabeller;
import dev.unroll.tasks.frames.FrameLabels;
import dev.unroll.tasks.frames.FrameRecipe;
import dev.unroll.tasks.frames.FrameRows;
import dev.unroll.tasks.frames.FrameTask;
import dev.unroll.tasks.frames.LabelledVideo;
import dev.unroll.tasks.masks.GivenVideo;
import dev.unroll.tasks.masks.MaskRecipe;
import dev.unroll.tasks.masks.MaskTask;
import dev.unroll.tasks.masks.MovingSquares;
import dev.unroll.tasks.masks.Segmenter;
import dev.unroll.tasks.model.ClassNames;
import dev.unroll.tasks.model.Keep;
import dev.unroll.tasks.model.TruncatingEncoder;
import dev.unroll.tasks.recipe.RecipeFile;
import dev.unroll.tasks.regression.RegressionRecipe;
import dev.unroll.tasks.regression.RegressionTask;
import dev.unroll.tasks.regression.TargetScale;
import dev.unroll.tasks.regression.TextRegressor;
import dev.unroll.tasks.regression.TextValue;
import dev.unroll.tasks.tagging.Tag;
import dev.unroll.tasks.tagging.Tagger;
import dev.unroll.tasks.tagging.TaggingRecipe;
import dev.unroll.tasks.tagging.TaggingTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * ONNX Runtime gives the answers of trained runs that read: from the exported graph and the files
 * of the run's folder, what the run's predictor says of inputs that were not learnt.
 */
final class OnnxTrainedRunsTest {
    private static final int MAX_TOKENS = 6;

    @TempDir Path folder;

    private Path run() {
        return folder.resolve("run");
    }

    /** The tokens of texts, shortened as the recipes here say. */
    private static Map<String, Numbers> texts(TrainedRun run, List<String> texts)
            throws IOException {
        TruncatingEncoder coding = new TruncatingEncoder(run.tokenizer(), MAX_TOKENS, Keep.LAST);
        int[][] ids = texts.stream().map(coding::encode).toArray(int[][]::new);
        return Map.of("input_ids", Numbers.padded(ids), "lengths", Numbers.lengths(ids));
    }

    private static LabelledText opinion(int i) {
        List<String> words =
                i % 2 == 0 ? List.of("fine", "great", "lovely") : List.of("dull", "awful", "poor");
        List<String> things = List.of("film", "book", "song", "walk", "meal");
        return new LabelledText(
                i % 2 == 0 ? "yes" : "no",
                "a %s %s".formatted(words.get(i / 2 % 3), things.get(i % 5)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{kind: gru, width: 8, hidden: 8, dropout: 0.1} | last",
                "{kind: transformer, width: 8, heads: 2, layers: 2, dropout: 0.1} | attention"
            })
    void classes_and_probabilities_of_texts_are_the_same(String model, String pooling)
            throws Exception {
        ClassificationRecipe recipe =
                RecipeFile.parse(
                        ClassificationRecipe.class,
                        """
                        task: classify
                        data: {set: own, maxTokens: %d}
                        tokenizer: {kind: words}
                        model: %s
                        pooling: %s
                        training: {epochs: 8, batchTokens: 40, learningRate: 0.01}
                        """
                                .formatted(MAX_TOKENS, model, pooling));
        Corpus<LabelledText> corpus =
                Corpus.of("texts", IntStream.range(0, 60).mapToObj(i -> opinion(i)).toList())
                        .labelled(List.of("no", "yes"));
        Classifier.train(recipe, corpus, run());
        List<String> texts =
                List.of("lovely", "an awful song", "a dull great poor walk and a fine meal", "");

        List<Classification> ours = Classifier.load(run()).predictAll(texts);

        TrainedRun run = new TrainedRun(ClassificationTask.TASK, run());
        assertThat(ours.getFirst().probabilities().get("yes")).isGreaterThan(0.9);
        assertThat(ours.get(1).probabilities().get("no")).isGreaterThan(0.9);
        try (OrtGraph graph = run.graph("")) {
            Numbers theirs = graph.run(texts(run, texts)).get("probabilities");
            for (int i = 0; i < ours.size(); i++) {
                requireSame(theirs.row(i), ours.get(i), run.file(ClassNames.FILE));
            }
        }
    }

    static void requireSame(float[] theirs, Classification ours, ClassNames classes) {
        int likeliest = best(theirs);
        assertThat(classes.names().get(likeliest)).isEqualTo(ours.label());
        for (int c = 0; c < theirs.length; c++) {
            assertThat(ours.probabilities().get(classes.names().get(c)))
                    .isCloseTo(theirs[c], within((double) TOLERANCE));
        }
    }

    @Test
    void values_of_texts_are_the_same() throws Exception {
        RegressionRecipe recipe =
                RecipeFile.parse(
                        RegressionRecipe.class,
                        """
                        task: regress
                        data: {maxTokens: %d}
                        tokenizer: {kind: words}
                        model: {kind: lstm, width: 8, hidden: 8, dropout: 0.1}
                        training: {epochs: 8, batchTokens: 40, learningRate: 0.01}
                        """
                                .formatted(MAX_TOKENS));
        List<TextValue> values =
                IntStream.range(0, 60)
                        .mapToObj(i -> new TextValue("a ".repeat(i % 5) + "b", 10 + 3 * (i % 5)))
                        .toList();
        TextRegressor.train(recipe, Corpus.of("texts", values), run());
        List<String> texts = List.of("b a", "b a a a b", "a a b b b b b b b", "");

        List<Double> ours = TextRegressor.load(run()).predictAll(texts);

        TrainedRun run = new TrainedRun(RegressionTask.TASK, run());
        assertThat(ours.get(1)).isGreaterThan(ours.getFirst() + 1);
        try (OrtGraph graph = run.graph("")) {
            Numbers theirs = graph.run(texts(run, texts)).get("logits");
            for (int i = 0; i < ours.size(); i++) {
                double value = run.file(TargetScale.FILE).value(theirs.row(i)[0]);
                assertThat(value).isCloseTo(ours.get(i), within((double) TOLERANCE));
            }
        }
    }

    /** A run's words and characters, in the order of their numbers from 1; 0 is unknown. */
    private record Lexicon(List<String> words, List<Integer> counts, List<String> characters) {
        int[] words(List<String> sentence) {
            return sentence.stream()
                    .mapToInt(word -> words.indexOf(word.toLowerCase(Locale.ROOT)) + 1)
                    .toArray();
        }

        int[] spelling(String word) {
            return word.codePoints()
                    .map(c -> characters.indexOf(Character.toString(c)) + 1)
                    .toArray();
        }
    }

    private static Map<String, Numbers> words(Lexicon lexicon, List<List<String>> sentences) {
        List<String> distinct = sentences.stream().flatMap(List::stream).distinct().toList();
        int[][] spellings = distinct.stream().map(lexicon::spelling).toArray(int[][]::new);
        int[][] words = sentences.stream().map(lexicon::words).toArray(int[][]::new);
        int[][] spelt =
                sentences.stream()
                        .map(s -> s.stream().mapToInt(distinct::indexOf).toArray())
                        .toArray(int[][]::new);
        return Map.of(
                "word_ids", Numbers.padded(words),
                "lengths", Numbers.lengths(words),
                "spellings", Numbers.padded(spellings),
                "spelling_lengths", Numbers.lengths(spellings),
                "spelt", Numbers.padded(spelt));
    }

    @Test
    void tags_of_words_are_the_same() throws Exception {
        TaggingRecipe recipe =
                RecipeFile.parse(
                        TaggingRecipe.class,
                        """
                        task: tag
                        data: {set: own}
                        words: {characterWidth: 4, hidden: 6}
                        model: {kind: gru, width: 8, hidden: 8, dropout: 0.1}
                        training: {epochs: 20, batchTokens: 40, learningRate: 0.02}
                        """);
        List<String> verbs = List.of("walk", "sing", "read");
        List<TaggedSentence> sentences =
                IntStream.range(0, 60)
                        .mapToObj(
                                i ->
                                        i % 2 == 0
                                                ? new TaggedSentence(
                                                        List.of("They", verbs.get(i % 3)),
                                                        List.of("OTHER", "VERB"))
                                                : new TaggedSentence(
                                                        List.of("the", verbs.get(i % 3) + "er"),
                                                        List.of("OTHER", "NOUN")))
                        .toList();
        Corpus<TaggedSentence> corpus =
                Corpus.of("sentences", sentences).labelled(List.of("NOUN", "OTHER", "VERB"));
        Tagger.train(recipe, corpus, run());
        List<List<String>> asked =
                List.of(List.of("they", "sing", "the", "singer"), List.of("The", "dealer"));

        List<List<Tag>> ours = Tagger.load(run()).predictAll(asked);

        TrainedRun run = new TrainedRun(TaggingTask.TASK, run());
        List<String> tags = run.file(ClassNames.FILE).names();
        assertThat(ours.getFirst()).extracting(Tag::tag).contains("VERB", "NOUN", "OTHER");
        try (OrtGraph graph = run.graph("")) {
            Numbers theirs =
                    graph.run(words(run.json("lexicon.json", Lexicon.class), asked))
                            .get("probabilities");
            for (int s = 0; s < ours.size(); s++) {
                for (int w = 0; w < ours.get(s).size(); w++) {
                    float[] row = theirs.row(s, w);
                    Tag tag = ours.get(s).get(w);
                    assertThat(tags.get(best(row))).isEqualTo(tag.tag());
                    assertThat(tag.probability())
                            .isCloseTo(row[best(row)], within((double) TOLERANCE));
                }
            }
        }
    }

    /** The numbers that a run makes frames alike with. */
    private record Features(int columns, String features, Standard standard) {
        record Standard(List<Double> mean, List<Double> deviation) {}

        float[] standardized(float[] row) {
            float[] standardized = new float[row.length];
            for (int i = 0; i < row.length; i++) {
                double z = (row[i] - standard.mean.get(i)) / standard.deviation.get(i);
                standardized[i] = (float) z;
            }
            return standardized;
        }
    }

    private static FrameRows frames(int seed, int length) {
        Random random = new Random(seed);
        float[][] rows = new float[length][2];
        for (float[] row : rows) {
            row[0] = 5 + random.nextFloat();
            row[1] = random.nextInt(10);
        }
        return new FrameRows("video " + seed, rows);
    }

    /** A frame is on where the second number is at least as large as the one before. */
    private static LabelledVideo labelled(FrameRows frames) {
        float[][] rows = frames.rows();
        return new LabelledVideo(
                frames,
                IntStream.range(0, rows.length)
                        .mapToObj(t -> t > 0 && rows[t][1] < rows[t - 1][1] ? "off" : "on")
                        .toList());
    }

    @Test
    void labels_of_frames_are_the_same() throws Exception {
        FrameRecipe recipe =
                RecipeFile.parse(
                        FrameRecipe.class,
                        """
                        task: label-frames
                        data: {set: own, columns: [a, b], window: 12, features: as-given}
                        model: {kind: gru, hidden: 8, layers: 2, dropout: 0}
                        training: {epochs: 6, batchTokens: 40, learningRate: 0.02}
                        """);
        List<LabelledVideo> videos =
                IntStream.range(0, 60).mapToObj(i -> labelled(frames(i, 10))).toList();
        Corpus<LabelledVideo> corpus = Corpus.of("videos", videos).labelled(List.of("off", "on"));
        FrameLabeller.train(recipe, corpus, run());
        List<FrameRows> asked = List.of(frames(100, 12), frames(101, 1), frames(102, 7));

        List<FrameLabels> ours = FrameLabeller.load(run()).predictAll(asked);

        TrainedRun run = new TrainedRun(FrameTask.TASK, run());
        List<String> classes = run.file(ClassNames.FILE).names();
        assertThat(ours.getFirst().labels()).contains("off", "on");
        try (OrtGraph graph = run.graph("")) {
            Numbers theirs =
                    graph.run(rows(run.json("features.json", Features.class), asked))
                            .get("probabilities");
            for (int s = 0; s < ours.size(); s++) {
                for (int t = 0; t < asked.get(s).frames(); t++) {
                    float[] row = theirs.row(s, t);
                    assertThat(classes.get(best(row))).isEqualTo(ours.get(s).labels().get(t));
                    assertThat(ours.get(s).probabilities().get(t))
                            .isCloseTo(row[best(row)], within((double) TOLERANCE));
                }
            }
        }
    }

    private static Map<String, Numbers> rows(Features features, List<FrameRows> videos) {
        int longest = videos.stream().mapToInt(FrameRows::frames).max().orElseThrow();
        int width = features.columns;
        float[] rows = new float[videos.size() * longest * width];
        for (int s = 0; s < videos.size(); s++) {
            for (int t = 0; t < videos.get(s).frames(); t++) {
                float[] row = features.standardized(videos.get(s).rows()[t]);
                System.arraycopy(row, 0, rows, (s * longest + t) * width, width);
            }
        }
        long[] lengths = videos.stream().mapToLong(FrameRows::frames).toArray();
        return Map.of(
                "rows", Numbers.of(rows, videos.size(), longest, width),
                "lengths", Numbers.of(lengths, lengths.length));
    }

    @Test
    void masks_of_frames_are_the_same() throws Exception {
        MovingSquares made = MovingSquares.in(folder);
        MaskRecipe recipe = made.recipe("gru", "channels=4", "training.epochs=2");
        Segmenter.train(recipe, MaskTask.TASK.corpus(recipe, MovingSquares.NO_FILES), run());
        GivenVideo video = MovingSquares.given(3); // held out

        List<ImageMask> ours = Segmenter.load(run()).predict(video);

        assertThat(ours.getLast().area()).isPositive();
        int height = recipe.data().height();
        int width = recipe.data().width();
        try (OrtGraph graph = new TrainedRun(MaskTask.TASK, run()).graph("")) {
            int deep = 16 * height / 8 * width / 8;
            Map<String, Numbers> before =
                    Map.of("state_0", Numbers.of(new float[deep], 1, height / 8, width / 8, 16));
            float[] given = new float[height * width];
            for (int i = 0; i < given.length; i++) {
                given[i] = video.first().inside()[i] ? 1 : 0;
            }
            Numbers frame = pixels(video, 0);
            Numbers mask = Numbers.of(given, 1, height, width, 1);
            for (int t = 0; t < ours.size(); t++) {
                Numbers now = pixels(video, t);
                OrtGraph.Outputs theirs = graph.run(OnnxMasksTest.inputs(now, frame, mask, before));
                before = OnnxMasksTest.after(theirs);
                if (t > 0) { // the first mask is given
                    requireSame(theirs.get("logits").reals(), ours.get(t));
                    frame = now;
                    mask = theirs.get("mask");
                }
            }
        }
    }

    /** Colours from -2 to 2. */
    private static Numbers pixels(GivenVideo video, int frame) {
        float[] values = video.frames().get(frame).values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = 4 * values[i] - 2;
        }
        return Numbers.of(values, 1, video.first().height(), video.first().width(), 3);
    }

    private static void requireSame(float[] logits, ImageMask ours) {
        boolean[] theirs = new boolean[logits.length];
        for (int i = 0; i < logits.length; i++) {
            boolean unsure = Math.abs(logits[i]) < TOLERANCE;
            theirs[i] = unsure ? ours.inside()[i] : logits[i] > 0;
        }
        assertThat(theirs).isEqualTo(ours.inside());
    }
}
