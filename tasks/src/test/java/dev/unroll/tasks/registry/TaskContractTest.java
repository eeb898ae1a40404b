package dev.unroll.tasks.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.Corpus;
import dev.unroll.data.LabelledText;
import dev.unroll.data.Pair;
import dev.unroll.data.TaggedSentence;
import dev.unroll.formats.image.Image;
import dev.unroll.own.MajorityTask;
import dev.unroll.tasks.Predictor;
import dev.unroll.tasks.captioning.CaptionedImage;
import dev.unroll.tasks.captioning.CaptioningTask;
import dev.unroll.tasks.classification.ClassificationTask;
import dev.unroll.tasks.frames.FrameRows;
import dev.unroll.tasks.frames.FrameTask;
import dev.unroll.tasks.frames.LabelledVideo;
import dev.unroll.tasks.language.LanguageTask;
import dev.unroll.tasks.masks.MaskTask;
import dev.unroll.tasks.masks.MovingSquares;
import dev.unroll.tasks.recipe.RecipeFile;
import dev.unroll.tasks.run.DiagnosisLog;
import dev.unroll.tasks.run.RunException;
import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tasks.run.TrainingRun;
import dev.unroll.tasks.tagging.TaggingTask;
import dev.unroll.tasks.task.Task;
import dev.unroll.tasks.translation.TranslationTask;
import dev.unroll.train.TrainingEvent;
import dev.unroll.watch.Diagnosis;
import dev.unroll.watch.Interval;
import dev.unroll.watch.Observed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of every task; a new task needs a sample here. */
class TaskContractTest {
    private static final String LAYERS = "{kind: gru, width: 8, hidden: 8, dropout: 0.1}";

    @TempDir static Path squares;
    private static List<TaskSample<?, ?, ?, ?>> samples = List.of();

    @TempDir Path folder;

    @BeforeAll
    static void makeSamples() throws IOException {
        samples =
                List.of(
                        translation(),
                        classification(),
                        language(),
                        tagging(),
                        captioning(),
                        frames(),
                        masks(),
                        majority());
    }

    private static Stream<TaskSample<?, ?, ?, ?>> samples() {
        return samples.stream();
    }

    private static <E> List<E> many(int count, IntFunction<E> example) {
        return IntStream.range(0, count).mapToObj(example).toList();
    }

    private static String yaml(String task, String more) {
        return """
        task: %s
        model: %s
        training: {epochs: 3, batchTokens: 40, learningRate: 0.01, validation: {average: 2}}
        """
                        .formatted(task, LAYERS)
                + more;
    }

    private static TaskSample<?, ?, ?, ?> translation() {
        return new TaskSample<>(
                TranslationTask.TASK,
                yaml("translate", "data: {set: own}\ntokenizer: {kind: characters}\n"),
                Corpus.of("pairs", many(60, i -> new Pair("a" + i, i + "b"))),
                List.of("a1", "a23", ""),
                "model.hidden=9");
    }

    private static TaskSample<?, ?, ?, ?> classification() {
        return new TaskSample<>(
                ClassificationTask.TASK,
                yaml("classify", "data: {set: own}\ntokenizer: {kind: words}\n"),
                Corpus.of(
                                "texts",
                                many(
                                        60,
                                        i ->
                                                new LabelledText(
                                                        i % 3 == 0 ? "fizz" : "no",
                                                        i % 3 == 0 ? "a b " + i : "c " + i)))
                        .labelled(List.of("fizz", "no")),
                List.of("a b", "c c c", ""),
                "pooling=mean");
    }

    private static TaskSample<?, ?, ?, ?> language() {
        String song = "row, row, row your boat, gently down the stream. ";
        return new TaskSample<>(
                LanguageTask.TASK,
                yaml("generate", "data: {set: own, length: 8, batch: 4, batches: 3}\n"),
                new Corpus<>("song", List.of(song.repeat(20)), List.of(song), List.of()),
                List.of("row", "gently "),
                "data.length=9");
    }

    private static TaskSample<?, ?, ?, ?> tagging() {
        return new TaskSample<>(
                TaggingTask.TASK,
                yaml("tag", "data: {set: own}\nwords: {characterWidth: 4, hidden: 4}\n"),
                Corpus.of(
                                "sentences",
                                many(
                                        60,
                                        i ->
                                                new TaggedSentence(
                                                        List.of("to", "walk" + i % 7),
                                                        List.of("SMALL", "VERB"))))
                        .labelled(List.of("SMALL", "VERB")),
                List.of(List.of("to", "walk"), List.of("so")),
                "words.hidden=5");
    }

    private static TaskSample<?, ?, ?, ?> captioning() {
        List<CaptionedImage> images =
                many(
                        40,
                        i -> {
                            float[] values = new float[64];
                            Arrays.fill(values, 0, i, 1);
                            return new CaptionedImage(
                                    "p" + i,
                                    new Image(8, 8, 1, values),
                                    i < 20 ? "a dark image" : "much light");
                        });
        return new TaskSample<>(
                CaptioningTask.TASK,
                yaml(
                        "caption",
                        """
                        data: {set: own}
                        image: {size: 8, colour: false, width: 8, stages: 1,
                          changes: {geometry: {shift: 0.2}}}
                        tokenizer: {kind: words}
                        """),
                Corpus.of("images", images),
                images.subList(0, 3).stream().map(CaptionedImage::image).toList(),
                "image.width=9");
    }

    private static TaskSample<?, ?, ?, ?> frames() {
        List<LabelledVideo> videos =
                many(
                        20,
                        i ->
                                new LabelledVideo(
                                        new FrameRows(
                                                "v" + i,
                                                new float[][] {{1, i}, {2, 0}, {3, i}, {4, 1}}),
                                        List.of("on", "on", "off", i % 2 == 0 ? "on" : "off")));
        return new TaskSample<>(
                FrameTask.TASK,
                yaml(
                        "label-frames",
                        "data: {set: own, columns: [a, b], window: 3, features: as-given}\n"),
                Corpus.of("videos", videos).labelled(List.of("off", "on")),
                videos.subList(0, 2).stream().map(LabelledVideo::frames).toList(),
                "data.window=4");
    }

    private static TaskSample<?, ?, ?, ?> masks() throws IOException {
        MovingSquares made = MovingSquares.in(squares);
        String[] small = {"data.batches=3", "data.batch=2", "training.epochs=3", "channels=4"};
        var recipe = made.recipe("gru", small);
        return new TaskSample<>(
                MaskTask.TASK,
                RecipeFile.write(recipe),
                MaskTask.TASK.corpus(recipe, MovingSquares.NO_FILES),
                List.of(MovingSquares.given(0)),
                "channels=8");
    }

    private static TaskSample<?, ?, ?, ?> majority() {
        return new TaskSample<>(
                new MajorityTask(),
                "{task: majority, bits: 5, training: {epochs: 9}}",
                Corpus.of("numbers", many(32, i -> i)),
                List.of(1, 2, 31),
                "bits=6");
    }

    @Test
    void every_task_has_a_sample() {
        assertThat(samples.stream().map(TaskSample::task).map(Task::name))
                .containsExactlyElementsOf(Tasks.all().stream().map(Task::name).toList());
    }

    private static Stream<Arguments> samplesOfEachKind() {
        Arguments bottleneck =
                Arguments.of(
                        samples.getFirst(),
                        "model.attention=none model.layers=2 training.optimiser.kind=sgd");
        return Stream.concat(Stream.of(bottleneck), samplesOfNetworks());
    }

    private static Stream<Arguments> samplesOfNetworks() {
        return samples.stream()
                .flatMap(
                        sample ->
                                sample.task() instanceof MajorityTask
                                        ? Stream.of(
                                                Arguments.of(
                                                        sample, "training.validation.average=1"))
                                        : Stream.of("gru", "transformer")
                                                .map(kind -> "model.kind=" + kind)
                                                .map(change -> Arguments.of(sample, change)));
    }

    @ParameterizedTest
    @MethodSource("samplesOfEachKind")
    void a_training_that_was_stopped_goes_on_to_the_same_weights(
            TaskSample<?, ?, ?, ?> sample, String change) throws IOException {
        Path whole = folder.resolve("whole");
        Path pieces = folder.resolve("pieces");
        sample.prepare(whole, change.split(" ")).run();
        List<Long> done = new ArrayList<>();
        for (int stopAfter : new int[] {2, 3, Integer.MAX_VALUE}) {
            int[] steps = {0};
            sample.prepare(pieces, change.split(" "))
                    .run(
                            plan -> done.add(plan.done()),
                            () -> steps[0] >= stopAfter,
                            e -> steps[0] += e instanceof TrainingEvent.Stepped ? 1 : 0);
        }
        assertThat(done).containsExactly(0L, 2L, 5L);
        assertThat(pieces.resolve("model.safetensors"))
                .hasSameBinaryContentAs(whole.resolve("model.safetensors"));
    }

    @ParameterizedTest
    @MethodSource("samplesOfEachKind")
    void a_watched_training_gives_the_same_weights_and_says_what_it_saw(
            TaskSample<?, ?, ?, ?> sample, String change) throws IOException {
        Path plain = folder.resolve("plain");
        Path watched = folder.resolve("watched");
        sample.prepare(plain, change.split(" ")).run();
        TrainingRun training = sample.prepare(watched, change.split(" "));
        List<Observed> seen = new ArrayList<>();
        training.watch(Interval.every(2), true, seen::add);
        training.run();

        assertThat(watched.resolve("model.safetensors"))
                .hasSameBinaryContentAs(plain.resolve("model.safetensors"));
        List<Diagnosis> read = DiagnosisLog.read(new RunFolder(watched));
        assertThat(read).isNotEmpty().hasSameSizeAs(seen);
        assertThat(read.getLast().step()).isEqualTo(seen.getLast().diagnosis().step());
        assertThat(read.getLast().parameters()).isNotEmpty().allMatch(p -> p.gradient() >= 0);
        assertThat(sample.observed(watched).diagnosis().summary()).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("samplesOfEachKind")
    void many_threads_get_the_answers_that_one_gets(TaskSample<?, ?, ?, ?> sample, String change)
            throws Exception {
        sample.prepare(folder, change.split(" ")).run();
        check(sample);
    }

    private <I, O> void check(TaskSample<?, ?, I, O> sample) throws Exception {
        Predictor<I, O> predictor = sample.load(folder);
        List<String> alone = sample.answers(predictor);
        assertThat(alone).hasSameSizeAs(sample.inputs());
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Callable<List<String>>> calls =
                    Collections.nCopies(8, () -> sample.answers(predictor));
            for (Future<List<String>> answer : threads.invokeAll(calls)) {
                assertThat(answer.get()).isEqualTo(alone);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_folder_without_a_run_and_a_run_without_weights_are_refused(TaskSample<?, ?, ?, ?> sample)
            throws IOException {
        assertThatThrownBy(() -> sample.load(folder))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("is no run");
        sample.prepare(folder);
        assertThatThrownBy(() -> sample.load(folder))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("no model.safetensors");
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_run_with_a_file_damaged_or_missing_is_refused(TaskSample<?, ?, ?, ?> sample)
            throws IOException {
        sample.prepare(folder).run();
        List<Path> files = new ArrayList<>(List.of(folder.resolve("model.safetensors")));
        Path fitted = folder.resolve("fitted.txt");
        if (Files.exists(fitted)) {
            Files.readAllLines(fitted).forEach(name -> files.add(folder.resolve(name)));
        }
        for (Path file : files) {
            byte[] whole = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(whole, whole.length / 2));
            assertThatThrownBy(() -> sample.load(folder))
                    .as("half of " + file)
                    .hasMessageContaining(file.getFileName().toString());
            Files.delete(file);
            assertThatThrownBy(() -> sample.load(folder))
                    .as("without " + file)
                    .hasMessageContaining(file.getFileName().toString());
            Files.write(file, whole);
        }
        sample.load(folder);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_run_of_another_task_is_refused(TaskSample<?, ?, ?, ?> sample) throws IOException {
        TaskSample<?, ?, ?, ?> other = samples.get((samples.indexOf(sample) + 1) % samples.size());
        other.prepare(folder).run();
        assertThatThrownBy(() -> sample.load(folder))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("a run of another task: '%s'".formatted(other.task().name()));
        assertThatThrownBy(() -> sample.prepare(folder))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("another task");
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_recipe_that_the_weights_do_not_belong_to_is_refused_and_its_key_named(
            TaskSample<?, ?, ?, ?> sample) throws IOException {
        sample.prepare(folder).run();
        for (String change : List.of(sample.fixed(), "training.seed=77")) {
            assertThatThrownBy(() -> sample.prepare(folder, change))
                    .isInstanceOf(RunException.class)
                    .hasMessageContaining("'" + change.replaceFirst("=.*", "") + "' differs");
        }
        sample.prepare(folder, "training.epochs=4", "training.learningRate=0.005").run();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void clearing_a_run_removes_its_files_and_no_other(TaskSample<?, ?, ?, ?> sample)
            throws IOException {
        Path mine = Files.writeString(folder.resolve("notes.txt"), "mine");
        sample.prepare(folder).run();
        new RunFolder(folder).clear();
        try (Stream<Path> left = Files.walk(folder)) {
            assertThat(left.filter(Files::isRegularFile)).containsExactly(mine);
        }
    }
}
