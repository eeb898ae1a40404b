package dev.unroll.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.nn.Mode;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrainingTest {
    private static boolean never() {
        return false;
    }

    private static Training training(Training.Limits limits) {
        return new Training(
                Optimiser.Adam.standard(),
                new Schedule.InverseSquareRoot(0.01, 20),
                Clip.norm(1),
                7,
                limits,
                0,
                "loss",
                false);
    }

    private static Training.Limits steps(long steps) {
        return new Training.Limits(1_000, steps, Duration.ofDays(1), 1_000);
    }

    /** One number that falls by the rate at each step, and figures as they are given. */
    private static final class Scripted implements Objective<Integer> {
        private final Parameter parameter = Parameter.of(new float[] {1}, 1);
        private final List<Double> figures;
        private final int batches;
        private final List<String> calls = new ArrayList<>();
        private int measured;

        Scripted(int batches, Double... figures) {
            this.batches = batches;
            this.figures = List.of(figures);
        }

        @Override
        public Map<String, Parameter> parameters() {
            return Map.of("x", parameter);
        }

        @Override
        public List<Integer> batches(int epoch) {
            calls.add("epoch " + epoch);
            return IntStream.range(0, batches).boxed().toList();
        }

        @Override
        public Tensor loss(Integer batch, Mode mode) {
            calls.add("batch " + batch);
            return parameter.value().sum();
        }

        @Override
        public int tokens(Integer batch) {
            return 10 + batch;
        }

        @Override
        public Map<String, Double> validate() {
            calls.add("measure");
            return Map.of("loss", figures.get(measured++ % figures.size()));
        }
    }

    private static List<TrainingEvent> run(
            Scripted lesson, Training.Limits limits, int measureEvery, boolean biggerIsBetter) {
        List<TrainingEvent> events = new ArrayList<>();
        new Training(
                        new Optimiser.Sgd(0, false, 0),
                        new Schedule.Constant(0.125, 0),
                        Clip.NONE,
                        1,
                        limits,
                        measureEvery,
                        "loss",
                        biggerIsBetter)
                .run(
                        lesson,
                        Progress.START,
                        Optimiser.Moments.of(lesson.parameters()),
                        TrainingTest::never,
                        events::add);
        return events;
    }

    private static TrainingEvent.Ended end(List<TrainingEvent> events) {
        return (TrainingEvent.Ended) events.getLast();
    }

    private static List<Boolean> bests(List<TrainingEvent> events) {
        return events.stream()
                .filter(TrainingEvent.Validated.class::isInstance)
                .map(e -> ((TrainingEvent.Validated) e).best())
                .toList();
    }

    @Test
    void epochs_go_through_all_batches_and_end_with_a_measurement() {
        Scripted lesson = new Scripted(2, 3.0, 2.0);
        List<TrainingEvent> events = run(lesson, Training.Limits.epochs(2), 0, false);
        assertThat(lesson.calls)
                .containsExactly(
                        "epoch 0", "batch 0", "batch 1", "measure", "epoch 1", "batch 0", "batch 1",
                        "measure");
        assertThat(end(events).reason()).isEqualTo(TrainingEvent.Reason.COMPLETE);
        assertThat(end(events).progress()).isEqualTo(new Progress(4, 2, 0, List.of(3.0, 2.0)));
        assertThat(lesson.parameter.value().toArray()).containsExactly(0.5f);
        TrainingEvent.Stepped second = (TrainingEvent.Stepped) events.get(1);
        assertThat(second.loss()).isEqualTo(0.875);
        assertThat(second.gradientNorm()).isEqualTo(1);
        assertThat(second.learningRate()).isEqualTo(0.125);
        assertThat(second.tokens()).isEqualTo(11);
        assertThat(second.batches()).isEqualTo(2);
        assertThat(second.progress()).isEqualTo(new Progress(2, 0, 2, List.of()));
    }

    @Test
    void measurements_come_every_so_many_steps_and_at_the_end() {
        Scripted lesson = new Scripted(4, 5.0);
        List<TrainingEvent> events = run(lesson, steps(7), 3, false);
        assertThat(events.stream().map(e -> e.getClass().getSimpleName().charAt(0)).toList())
                .containsExactly('S', 'S', 'S', 'M', 'S', 'S', 'S', 'M', 'S', 'M', 'E');
        assertThat(end(events).progress().epoch()).isEqualTo(1);
        assertThat(end(events).progress().batch()).isEqualTo(3);
    }

    @Test
    void a_training_stops_when_nothing_gets_better_for_a_while() {
        Scripted lesson = new Scripted(1, 3.0, 2.0, 2.5, 2.0, 1.0);
        List<TrainingEvent> events =
                run(lesson, new Training.Limits(100, 100, Duration.ofDays(1), 2), 0, false);
        assertThat(end(events).reason()).isEqualTo(TrainingEvent.Reason.NO_BETTER);
        assertThat(end(events).progress().figures()).containsExactly(3.0, 2.0, 2.5, 2.0);
        assertThat(bests(events)).containsExactly(true, true, false, false);
    }

    @Test
    void of_some_figures_the_bigger_is_better() {
        Scripted lesson = new Scripted(1, 3.0, 2.0, 4.0, 4.0, 3.0);
        List<TrainingEvent> events =
                run(lesson, new Training.Limits(100, 100, Duration.ofDays(1), 2), 0, true);
        assertThat(bests(events)).containsExactly(true, false, true, false, false);
        assertThat(end(events).progress().best()).isEqualTo(-4);
    }

    @Test
    void a_figure_that_is_no_number_is_never_the_best() {
        Scripted lesson = new Scripted(1, Double.NaN, 5.0, Double.NaN);
        List<TrainingEvent> events = run(lesson, Training.Limits.epochs(3), 0, false);
        assertThat(bests(events)).containsExactly(false, true, false);
    }

    @Test
    void a_training_without_time_does_nothing() {
        Scripted lesson = new Scripted(1, 1.0);
        List<TrainingEvent> events =
                run(lesson, new Training.Limits(9, 9, Duration.ofNanos(-1), 9), 0, false);
        assertThat(events).hasSize(1);
        assertThat(end(events).reason()).isEqualTo(TrainingEvent.Reason.OUT_OF_TIME);
    }

    @Test
    void an_interruption_is_heard_before_each_step() {
        Scripted lesson = new Scripted(5, 1.0);
        List<TrainingEvent> events = new ArrayList<>();
        training(steps(100))
                .run(
                        lesson,
                        Progress.START,
                        Optimiser.Moments.of(lesson.parameters()),
                        () -> events.size() == 3,
                        events::add);
        assertThat(events).hasSize(4);
        assertThat(end(events).reason()).isEqualTo(TrainingEvent.Reason.INTERRUPTED);
        assertThat(end(events).progress().step()).isEqualTo(3);
    }

    @Test
    void a_figure_that_decides_must_be_measured() {
        Scripted lesson = new Scripted(1, 1.0);
        Training training =
                new Training(
                        Optimiser.Adam.standard(),
                        new Schedule.Constant(1, 0),
                        Clip.NONE,
                        1,
                        Training.Limits.epochs(1),
                        0,
                        "bleu",
                        true);
        assertThatThrownBy(
                        () ->
                                training.run(
                                        lesson,
                                        Progress.START,
                                        Optimiser.Moments.of(lesson.parameters()),
                                        TrainingTest::never,
                                        event -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'bleu'")
                .hasMessageContaining("[loss]");
    }

    @Test
    void an_epoch_without_batches_is_refused() {
        Scripted lesson = new Scripted(0, 1.0);
        assertThatThrownBy(() -> run(lesson, steps(5), 0, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("epoch 0 has no batches");
    }

    @Test
    void what_a_listener_throws_ends_the_training() {
        Scripted lesson = new Scripted(1, 1.0);
        assertThatThrownBy(
                        () ->
                                training(steps(5))
                                        .run(
                                                lesson,
                                                Progress.START,
                                                Optimiser.Moments.of(lesson.parameters()),
                                                TrainingTest::never,
                                                event -> {
                                                    throw new IllegalStateException("disk full");
                                                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("disk full");
    }

    @Test
    void a_loss_that_is_no_number_ends_the_training_and_nothing_has_changed() {
        Scripted lesson = new Scripted(3, 1.0);
        lesson.parameter.set(new float[] {Float.POSITIVE_INFINITY});
        assertThatThrownBy(() -> run(lesson, steps(1), 0, false))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("step 1: the loss is Infinity");
        assertThat(lesson.parameter.value().toArray()).containsExactly(Float.POSITIVE_INFINITY);
    }

    @Test
    void limits_and_measurements_are_checked() {
        assertThatThrownBy(() -> new Training.Limits(-1, 1, Duration.ZERO, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Training.Limits(1, 1, Duration.ZERO, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("patience");
    }
}
