package dev.unroll.tasks.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.unroll.memory.Pool;
import dev.unroll.own.MajorityTask;
import dev.unroll.tasks.Predictor;
import dev.unroll.tasks.captioning.CaptioningTask;
import dev.unroll.tasks.classification.ClassificationTask;
import dev.unroll.tasks.embedding.EmbeddingTask;
import dev.unroll.tasks.language.LanguageTask;
import dev.unroll.tasks.model.TinyBert;
import dev.unroll.tasks.pairs.PairSample;
import dev.unroll.tasks.pairs.PairTask;
import dev.unroll.tasks.regression.RegressionTask;
import dev.unroll.tasks.run.DiagnosisLog;
import dev.unroll.tasks.run.Manifest;
import dev.unroll.tasks.run.RunEnvironment;
import dev.unroll.tasks.run.RunException;
import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tasks.run.RunOrigin;
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
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of every task; a new task needs a sample beside its tests. */
class TaskContractTest {
    @TempDir static Path squares;
    private static List<TaskSample<?, ?, ?, ?>> samples = List.of();

    private static Path pretrained;

    @TempDir Path folder;

    /**
     * A sample stands beside its task's tests: that of {@code TaggingTask} is {@code
     * TaggingSample}.
     */
    @BeforeAll
    static void makeSamples() throws IOException, ReflectiveOperationException {
        pretrained = TinyBert.write(squares.resolve("bert"));
        List<TaskSample<?, ?, ?, ?>> made = new ArrayList<>();
        for (Task<?, ?> task : Tasks.all()) {
            String sample = task.getClass().getName().replaceFirst("Task$", "Sample");
            Object maker = Class.forName(sample).getDeclaredConstructor().newInstance();
            made.add(((TaskSample.Maker) maker).make(squares));
        }
        samples = made;
        assertThat(made)
                .extracting(TaskSample::task)
                .extracting(Task::name)
                .containsExactlyElementsOf(Tasks.all().stream().map(Task::name).toList());
    }

    private static Stream<TaskSample<?, ?, ?, ?>> samples() {
        return samples.stream();
    }

    private static Stream<Arguments> samplesOfEachKind() {
        Arguments bottleneck =
                Arguments.of(
                        samples.getFirst(),
                        "model.attention=none model.layers=2 training.optimiser.kind=sgd");
        Stream<Arguments> scanned =
                samples.stream()
                        .filter(sample -> sample.task() instanceof LanguageTask)
                        .flatMap(
                                sample ->
                                        Stream.of("mingru", "minlstm")
                                                .map(kind -> "model.layers=2 model.kind=" + kind)
                                                .map(change -> Arguments.of(sample, change)));
        Stream<Arguments> linear =
                Stream.of(
                                Map.entry(LanguageTask.class, "gated"),
                                Map.entry(TranslationTask.class, "constant"),
                                Map.entry(ClassificationTask.class, "none"))
                        .flatMap(
                                decay ->
                                        samples.stream()
                                                .filter(s -> decay.getKey().isInstance(s.task()))
                                                .map(s -> linear(s, decay.getValue())));
        Stream<Arguments> patches =
                samples.stream()
                        .filter(sample -> sample.task() instanceof CaptioningTask)
                        .map(
                                sample ->
                                        Arguments.of(
                                                sample,
                                                "image.kind=patches"
                                                        + " image.patches.attention.window=1"));
        Stream<Arguments> values =
                Stream.of("model.kind=gru", "model.pretrained=" + pretrained)
                        .map(change -> Arguments.of(PairSample.ofValues(), change));
        Stream<Arguments> tuned =
                samples.stream()
                        .filter(
                                sample ->
                                        sample.task() instanceof ClassificationTask
                                                || sample.task() instanceof PairTask
                                                || sample.task() instanceof EmbeddingTask
                                                || sample.task() instanceof RegressionTask
                                                || sample.task() instanceof TaggingTask)
                        .flatMap(
                                sample ->
                                        Stream.of(
                                                        "model.layerRate=0.5",
                                                        "model.frozen=1 training.accumulate=2",
                                                        "model.lora.rank=2")
                                                .map(
                                                        how ->
                                                                Arguments.of(
                                                                        sample,
                                                                        "model.pretrained=%s %s"
                                                                                .formatted(
                                                                                        pretrained,
                                                                                        how))));
        return Stream.of(
                        Stream.of(bottleneck),
                        scanned,
                        linear,
                        patches,
                        tuned,
                        values,
                        samplesOfNetworks())
                .flatMap(s -> s);
    }

    private static Arguments linear(TaskSample<?, ?, ?, ?> sample, String decay) {
        return Arguments.of(sample, "model.kind=transformer model.attention.linear=" + decay);
    }

    private static Stream<Arguments> samplesOfNetworks() {
        return samples.stream()
                .filter(sample -> !(sample.task() instanceof EmbeddingTask)) // no first weights
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
        assertThat(sample.examples(watched)).allSatisfy(e -> assertThat(e.input()).isNotBlank());
    }

    @ParameterizedTest
    @MethodSource("samplesOfEachKind")
    void the_memory_of_its_steps_is_known_before_the_first_to_a_fifth(
            TaskSample<?, ?, ?, ?> sample, String change) throws IOException {
        long[] expected = {0};
        long[] measured = {0};
        long[] before = {0};
        sample.prepare(folder, change.split(" "))
                .run(
                        plan -> {
                            expected[0] = plan.memory().step();
                            System.gc(); // tensors of other tests; they are gone by epoch 1
                            Pool.SHARED.trim(); // arrays of other sizes
                        },
                        () -> false,
                        event -> {
                            // at the end of a step all of its memory has been given back; if
                            // more has, the collector gave back tensors of other tests meanwhile
                            long live = Pool.SHARED.liveBytes();
                            if (event instanceof TrainingEvent.Stepped s
                                    && s.progress().epoch() > 0
                                    && live == before[0]) {
                                long step = Pool.SHARED.peakBytes() - live;
                                measured[0] = Math.max(measured[0], step);
                            }
                            before[0] = live;
                            Pool.SHARED.resetPeak();
                        });
        assertThat(expected[0]).isCloseTo(measured[0], withinPercentage(20));
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
    void a_predictor_answers_its_own_examples(TaskSample<?, ?, ?, ?> sample) throws IOException {
        sample.prepare(folder).run();
        answerExamples(sample.load(folder));
    }

    private static <I> void answerExamples(Predictor<I, ?> predictor) {
        assertThat(predictor.predictAll(predictor.examples()))
                .hasSameSizeAs(predictor.examples())
                .doesNotContainNull();
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
    void a_bit_that_is_flipped_in_a_file_that_answers_come_from_is_told(
            TaskSample<?, ?, ?, ?> sample) throws IOException {
        sample.prepare(folder).run();
        for (Path file : new RunFolder(folder).used()) {
            byte[] whole = Files.readAllBytes(file);
            for (int at : new int[] {whole.length / 2, whole.length - 2}) {
                byte[] flipped = whole.clone();
                flipped[at] ^= 1;
                Files.write(file, flipped);
                assertThatThrownBy(() -> sample.load(folder))
                        .as("byte %d of %s", at, file)
                        .hasMessageContaining(file.getFileName().toString());
            }
            Files.write(file, whole);
        }
        sample.load(folder);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_training_does_not_go_on_with_a_record_of_its_data_or_a_list_of_files_that_is_damaged(
            TaskSample<?, ?, ?, ?> sample) throws IOException {
        sample.prepare(folder).run();
        for (String name : List.of("data.json", "fitted.txt")) {
            Path file = folder.resolve(name);
            if (Files.exists(file)) {
                byte[] whole = Files.readAllBytes(file);
                byte[] flipped = whole.clone();
                flipped[whole.length / 2] ^= 1;
                Files.write(file, flipped);
                assertThatThrownBy(() -> sample.prepare(folder, "training.epochs=4"))
                        .as(name)
                        .isInstanceOf(RunException.class)
                        .hasMessageContaining(name);
                Files.write(file, whole);
            }
        }
        sample.prepare(folder, "training.epochs=4").run();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_list_of_files_that_is_damaged_is_refused_when_a_run_is_used(
            TaskSample<?, ?, ?, ?> sample) throws IOException {
        sample.prepare(folder).run();
        Path list = folder.resolve("fitted.txt");
        if (Files.exists(list)) {
            for (String text : List.of("", "a\0b\n", "../other\n", "another.json\n")) {
                Files.writeString(list, text);
                assertThatThrownBy(() -> sample.load(folder))
                        .isInstanceOf(RunException.class)
                        .hasMessageContaining("fitted.txt");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_manifest_that_is_no_text_is_refused_by_its_name(TaskSample<?, ?, ?, ?> sample)
            throws IOException {
        sample.prepare(folder).run();
        Files.write(folder.resolve("manifest.json"), new byte[] {'{', (byte) 0xff, '}'});
        assertThatThrownBy(() -> sample.load(folder)).hasMessageContaining("manifest.json:1");
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_run_without_a_manifest_is_accepted(TaskSample<?, ?, ?, ?> sample) throws IOException {
        sample.prepare(folder).run();
        Files.delete(folder.resolve("manifest.json"));
        sample.load(folder);
        sample.prepare(folder, "training.epochs=4").run();
        assertThat(folder.resolve("manifest.json")).exists();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_run_says_what_it_was_trained_on_and_vouches_for_each_of_its_files(
            TaskSample<?, ?, ?, ?> sample) throws IOException {
        RunFolder run = new RunFolder(folder);
        sample.prepare(folder).run();
        Manifest manifest = Manifest.read(run).orElseThrow();
        RunOrigin origin = manifest.origin().orElseThrow();
        assertThat(origin.task()).isEqualTo(sample.task().name());
        assertThat(origin.environments()).containsExactly(RunEnvironment.here());
        RunOrigin.Data data = Objects.requireNonNull(origin.data());
        assertThat(data.training()).isEqualTo(sample.corpus().train().size());
        assertThat(data.validation()).isEqualTo(sample.corpus().validation().size());
        assertThat(data.checksum()).hasSize(64);

        assertThat(manifest.states(run).values()).containsOnly(Manifest.State.INTACT);
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile))
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .filteredOn(name -> !List.of("manifest.json", ".lock").contains(name))
                    .containsExactlyInAnyOrderElementsOf(manifest.files().keySet());
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_run_that_was_copied_gives_the_same_answers_and_goes_on_to_the_same_weights(
            TaskSample<?, ?, ?, ?> sample) throws IOException {
        Path there = folder.resolve("there");
        Path here = Files.createDirectories(folder.resolve("an other/place")).resolve("run");
        sample.prepare(there).run();
        copy(there, here);
        List<String> answers = answers(sample, there);
        sample.prepare(there, "training.epochs=4").run();
        byte[] further = Files.readAllBytes(there.resolve("model.safetensors"));
        new RunFolder(there).clear();

        assertThat(answers(sample, here)).isEqualTo(answers);
        assertThat(sample.examples(here)).allSatisfy(e -> assertThat(e.input()).isNotBlank());
        assertThat(sample.measured(here).text()).isNotBlank();
        sample.prepare(here, "training.epochs=4").run();
        assertThat(here.resolve("model.safetensors")).hasBinaryContent(further);
        RunFolder run = new RunFolder(here);
        assertThat(Manifest.read(run).orElseThrow().states(run).values())
                .containsOnly(Manifest.State.INTACT);
    }

    private static <I, O> List<String> answers(TaskSample<?, ?, I, O> sample, Path run)
            throws IOException {
        return sample.answers(sample.load(run));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
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
