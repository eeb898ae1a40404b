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
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingTest {
    /** One number that falls by the rate at each step, and validation losses as they are given. */
    private static final class Scripted implements Objective<Integer> {
        private final Parameter parameter = Parameter.of(new float[] {1}, 1);
        private final List<Double> losses;
        private final int batches;
        private final List<String> calls = new ArrayList<>();
        private int validated;

        Scripted(int batches, Double... losses) {
            this.batches = batches;
            this.losses = List.of(losses);
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
            calls.add("validate");
            return Map.of("loss", losses.get(validated++ % losses.size()));
        }
    }

    private static Training training() {
        return Training.of(Sgd.plain(), 0.125);
    }

    private static List<TrainingEvent> run(Scripted objective, Training training) {
        List<TrainingEvent> events = new ArrayList<>();
        training.listen(events::add).run(objective);
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
    void epochs_go_through_all_batches_and_end_with_a_validation() {
        Scripted objective = new Scripted(2, 3.0, 2.0);
        List<TrainingEvent> events = run(objective, training().epochs(2));
        assertThat(objective.calls)
                .containsExactly(
                        "epoch 0",
                        "batch 0",
                        "batch 1",
                        "validate",
                        "epoch 1",
                        "batch 0",
                        "batch 1",
                        "validate");
        assertThat(end(events).reason()).isEqualTo(TrainingEvent.Reason.COMPLETE);
        assertThat(end(events).progress()).isEqualTo(new Progress(4, 2, 0, List.of(3.0, 2.0)));
        assertThat(objective.parameter.value().toArray()).containsExactly(0.5f);
        TrainingEvent.Stepped second = (TrainingEvent.Stepped) events.get(1);
        assertThat(second.loss()).isEqualTo(0.875);
        assertThat(second.gradientNorm()).isEqualTo(1);
        assertThat(second.learningRate()).isEqualTo(0.125);
        assertThat(second.tokens()).isEqualTo(11);
        assertThat(second.batches()).isEqualTo(2);
        assertThat(second.progress()).isEqualTo(new Progress(2, 0, 2, List.of()));
    }

    @Test
    void validations_come_every_so_many_steps_and_at_the_end() {
        Scripted objective = new Scripted(4, 5.0);
        List<TrainingEvent> events = run(objective, training().steps(7).validateEvery(3));
        assertThat(events.stream().map(e -> e.getClass().getSimpleName().charAt(0)).toList())
                .containsExactly('S', 'S', 'S', 'V', 'S', 'S', 'S', 'V', 'S', 'V', 'E');
        assertThat(end(events).progress().epoch()).isEqualTo(1);
        assertThat(end(events).progress().batch()).isEqualTo(3);
    }

    @Test
    void a_training_stops_when_nothing_gets_better_for_a_while() {
        Scripted objective = new Scripted(1, 3.0, 2.0, 2.5, 2.0, 1.0);
        List<TrainingEvent> events = run(objective, training().patience(2));
        assertThat(end(events).reason()).isEqualTo(TrainingEvent.Reason.NO_BETTER);
        assertThat(end(events).progress().monitored()).containsExactly(3.0, 2.0, 2.5, 2.0);
        assertThat(bests(events)).containsExactly(true, true, false, false);
    }

    @Test
    void of_some_figures_the_bigger_is_better() {
        Scripted objective = new Scripted(1, 3.0, 2.0, 4.0, 4.0, 3.0);
        List<TrainingEvent> events =
                run(objective, training().patience(2).monitor(Monitor.highest("loss")));
        assertThat(bests(events)).containsExactly(true, false, true, false, false);
        assertThat(end(events).progress().monitored()).containsExactly(3.0, 2.0, 4.0, 4.0, 3.0);
    }

    @Test
    void a_figure_that_is_no_number_is_never_the_best() {
        Scripted objective = new Scripted(1, Double.NaN, 5.0, 6.0);
        List<TrainingEvent> events = run(objective, training().epochs(3));
        assertThat(bests(events)).containsExactly(false, true, false);
    }

    @Test
    void a_training_without_time_does_nothing() {
        Scripted objective = new Scripted(1, 1.0);
        List<TrainingEvent> events = run(objective, training().time(Duration.ofNanos(-1)));
        assertThat(events).hasSize(1);
        assertThat(end(events).reason()).isEqualTo(TrainingEvent.Reason.OUT_OF_TIME);
    }

    @Test
    void an_interruption_is_heard_before_each_step() {
        Scripted objective = new Scripted(5, 1.0);
        List<TrainingEvent> events = new ArrayList<>();
        training()
                .steps(100)
                .listen(events::add)
                .interruptWhen(() -> events.size() == 3)
                .run(objective);
        assertThat(events).hasSize(4);
        assertThat(end(events).reason()).isEqualTo(TrainingEvent.Reason.INTERRUPTED);
        assertThat(end(events).progress().step()).isEqualTo(3);
    }

    @Test
    void a_monitored_metric_must_be_among_those_of_the_validation() {
        Training training = training().epochs(1).monitor(Monitor.highest("bleu"));
        assertThatThrownBy(() -> training.run(new Scripted(1, 1.0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'bleu'")
                .hasMessageContaining("[loss]");
    }

    /** Batches, a loss and parameters, and nothing else. */
    private record Bare(Parameter x, List<Mode> modes) implements Objective<Integer> {
        @Override
        public Map<String, Parameter> parameters() {
            return Map.of("x", x);
        }

        @Override
        public List<Integer> batches(int epoch) {
            return List.of(1, 2);
        }

        @Override
        public Tensor loss(Integer batch, Mode mode) {
            modes.add(mode);
            return x.value().sum();
        }
    }

    private static Bare bare() {
        return new Bare(Parameter.of(new float[] {1}, 1), new ArrayList<>());
    }

    @Test
    void an_objective_without_validation_is_trained_to_the_end() {
        List<TrainingEvent> events = new ArrayList<>();
        Progress end = training().epochs(2).listen(events::add).run(bare());
        assertThat(end).isEqualTo(new Progress(4, 2, 0, List.of()));
        assertThat(events).hasSize(5).noneMatch(TrainingEvent.Validated.class::isInstance);
    }

    @Test
    void patience_needs_a_metric_to_wait_for() {
        assertThatThrownBy(() -> training().epochs(2).patience(1).run(bare()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'loss' is not among those of the validation: []");
    }

    @Test
    void a_steps_mode_has_the_trainings_seed_and_label_smoothing() {
        Bare objective = bare();
        training().steps(2).seed(9).labelSmoothing(0.25).run(objective);
        assertThat(objective.modes())
                .containsExactly(new Mode.Training(9, 1, 0.25), new Mode.Training(9, 2, 0.25));
    }

    @Test
    void a_training_is_not_changed_by_its_settings() {
        Training plain = training();
        List<TrainingEvent> heard = new ArrayList<>();
        plain.steps(3).listen(heard::add).listen(heard::add).run(bare());
        assertThat(heard).hasSize(8);
        assertThatThrownBy(() -> plain.run(bare()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("training: no end is set; set epochs, steps, time or patience");
    }

    @Test
    void an_epoch_without_batches_is_refused() {
        Scripted objective = new Scripted(0, 1.0);
        assertThatThrownBy(() -> run(objective, training().steps(5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("epoch 0 has no batches");
    }

    @Test
    void what_a_listener_throws_ends_the_training() {
        Scripted objective = new Scripted(1, 1.0);
        Training training =
                training()
                        .steps(5)
                        .listen(
                                event -> {
                                    throw new IllegalStateException("disk full");
                                });
        assertThatThrownBy(() -> training.run(objective))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("disk full");
    }

    @Test
    void a_loss_that_is_no_number_ends_the_training_and_nothing_has_changed() {
        Scripted objective = new Scripted(3, 1.0);
        objective.parameter.set(new float[] {Float.POSITIVE_INFINITY});
        assertThatThrownBy(() -> run(objective, training().steps(1)))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("step 1: the loss is Infinity");
        assertThat(objective.parameter.value().toArray()).containsExactly(Float.POSITIVE_INFINITY);
    }

    @Test
    void weights_that_are_not_finite_are_not_measured_and_their_layer_and_parameter_are_named() {
        Scripted objective = new Scripted(2, 1.0);
        Training training = Training.of(Sgd.plain(), 1e38).epochs(1);
        assertThatThrownBy(() -> run(objective, training))
                .isInstanceOf(NonFiniteException.class)
                .hasMessageContaining(
                        "step 2: parameter 'x' is NaN, infinite or beyond 1e19 in 1 of 1")
                .hasMessageContaining("lower the learning rate");
        assertThat(objective.calls).doesNotContain("validate");
        Map<String, Parameter> deep =
                Map.of("encoder.0.weight", Parameter.of(new float[] {1, Float.NaN}, 2));
        assertThatThrownBy(
                        () ->
                                NonFiniteException.requireFinite(
                                        7, deep, OptimiserState.of(Sgd.plain(), deep)))
                .hasMessageContaining("step 7: parameter 'weight' of layer 'encoder.0'")
                .hasMessageContaining("1 of 2 numbers");
    }

    @Test
    void a_loss_on_the_validation_set_that_is_no_number_any_more_ends_the_training() {
        Scripted objective = new Scripted(1, 1.0, Double.NaN);
        assertThatThrownBy(() -> run(objective, training().epochs(3)))
                .isInstanceOf(NonFiniteException.class)
                .hasMessageContaining("step 2: the loss on the validation set is NaN");
    }

    /** A batch of a negative number has a loss that is NaN. */
    private static Objective<Integer> withBrokenBatches(Scripted inner, Integer... batches) {
        return new Objective<>() {
            @Override
            public Map<String, Parameter> parameters() {
                return inner.parameters();
            }

            @Override
            public List<Integer> batches(int epoch) {
                return List.of(batches);
            }

            @Override
            public Tensor loss(Integer batch, Mode mode) {
                return inner.loss(batch, mode).times(batch < 0 ? Float.NaN : 1);
            }

            @Override
            public int tokens(Integer batch) {
                return 1;
            }

            @Override
            public Map<String, Double> validate() {
                return inner.validate();
            }
        };
    }

    private static List<TrainingEvent> run(Objective<Integer> objective, Training training) {
        List<TrainingEvent> events = new ArrayList<>();
        training.listen(events::add).run(objective);
        return events;
    }

    @Test
    void a_step_whose_loss_is_not_finite_is_left_out_where_that_is_wanted() {
        Scripted inner = new Scripted(1, 1.0);
        List<TrainingEvent> events =
                run(withBrokenBatches(inner, 1, -1, 2), training().epochs(1).onNan(OnNan.SKIP));
        assertThat(inner.parameter.value().toArray()).containsExactly(0.75f);
        assertThat(events.stream().map(e -> e.getClass().getSimpleName().charAt(0)).toList())
                .containsExactly('S', 'R', 'S', 'V', 'E');
        assertThat(end(events).progress().step()).isEqualTo(3);
        Integer[] always = {-1};
        assertThatThrownBy(
                        () ->
                                run(
                                        withBrokenBatches(inner, always),
                                        training().epochs(100).onNan(OnNan.SKIP)))
                .hasMessageContaining("the 20 steps before were left out");
    }

    @Test
    void going_back_takes_the_last_measured_weights_and_goes_on_with_later_batches() {
        Scripted inner = new Scripted(1, 1.0);
        List<TrainingEvent> events =
                run(
                        withBrokenBatches(inner, 1, 2, 3, -1, 4),
                        training().epochs(1).validateEvery(2).onNan(OnNan.BACK));
        // 1 - 2 steps, measured; the third is lost with the fourth; then one more
        assertThat(inner.parameter.value().toArray()).containsExactly(0.625f);
        assertThat(end(events).progress().step()).isEqualTo(5);
        assertThatThrownBy(
                        () ->
                                run(
                                        withBrokenBatches(inner, -1),
                                        training()
                                                .epochs(100)
                                                .validateEvery(100)
                                                .onNan(OnNan.BACK)))
                .hasMessageContaining("going back to the last good weights 5 times did not help");
    }

    @Test
    void a_training_whose_patience_is_spent_has_nothing_to_do() {
        Scripted objective = new Scripted(1, 1.0);
        Progress spent = new Progress(3, 3, 0, List.of(1.0, 2.0, 2.0));
        Training training = training().epochs(9).patience(2);
        Progress after =
                training.resume(
                        objective, spent, OptimiserState.of(Sgd.plain(), objective.parameters()));
        assertThat(after).isEqualTo(spent);
        assertThat(objective.calls).containsExactly("epoch 0");
    }

    @Test
    void a_schedule_is_told_the_step_and_the_length_of_the_training() {
        List<Schedule.Position> asked = new ArrayList<>();
        Training training =
                training()
                        .schedule(
                                at -> {
                                    asked.add(at);
                                    return 0.5;
                                });
        List<TrainingEvent> events = run(new Scripted(2, 3.0, 2.0), training.epochs(2));
        Monitor loss = Monitor.lowest("loss");
        OptionalLong four = OptionalLong.of(4);
        assertThat(asked)
                .containsExactly(
                        new Schedule.Position(1, four, loss, List.of()),
                        new Schedule.Position(2, four, loss, List.of()),
                        new Schedule.Position(3, four, loss, List.of(3.0)),
                        new Schedule.Position(4, four, loss, List.of(3.0)));
        assertThat(((TrainingEvent.Stepped) events.getFirst()).learningRate()).isEqualTo(0.0625);
        assertThat(training.steps(3).length(bare())).hasValue(3);
        assertThat(training.steps(3).epochs(1).length(bare())).hasValue(2);
        assertThat(training.patience(1).length(bare())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void a_learning_rate_is_a_number_above_0(double wrong) {
        assertThatThrownBy(() -> Training.of(Sgd.plain(), wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("training: the learning rate is above 0, not " + wrong);
    }

    @Test
    void limits_are_checked() {
        assertThatThrownBy(() -> training().epochs(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("training: epochs is from 0, not -1");
        assertThatThrownBy(() -> training().patience(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("patience");
        assertThatThrownBy(() -> training().labelSmoothing(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("label smoothing is in [0, 1)");
    }
}
