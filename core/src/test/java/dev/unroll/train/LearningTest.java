package dev.unroll.train;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.nn.Seed;
import dev.unroll.nn.attention.Alignment;
import dev.unroll.nn.models.EncoderDecoder;
import dev.unroll.nn.models.RecurrentShape;
import dev.unroll.nn.recurrent.Lstm;
import dev.unroll.nn.transformer.TransformerShape;
import dev.unroll.tensor.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Models that learn, stop and go on. */
class LearningTest {
    /** A model's first weights are the same each time it is made. */
    interface Maker {
        EncoderDecoder model();
    }

    static Stream<Named<Maker>> makers() {
        Maker lstm =
                () ->
                        EncoderDecoder.recurrent(
                                Lstm::of,
                                new RecurrentShape(
                                        16, 24, 1, true, Optional.of(Alignment.Kind.GENERAL), 0.05),
                                CopyTask.VOCABULARY,
                                CopyTask.VOCABULARY,
                                true,
                                new Seed(1));
        Maker transformer =
                () ->
                        EncoderDecoder.transformer(
                                TransformerShape.of(24, 4).feedForward(48).dropout(0.05),
                                1,
                                1,
                                CopyTask.VOCABULARY,
                                CopyTask.VOCABULARY,
                                true,
                                new Seed(1));
        return Stream.of(Named.of("LSTM", lstm), Named.of("Transformer", transformer));
    }

    private static Training training() {
        return Training.of(Adam.standard(), 0.01)
                .schedule(new Schedule.InverseSquareRoot(20))
                .clip(1)
                .seed(7);
    }

    @ParameterizedTest
    @MethodSource("makers")
    void a_small_model_learns_to_copy(Maker maker) {
        CopyTask objective = new CopyTask(maker.model(), 50);
        double before = exact(objective);
        training().epochs(8).run(objective);
        assertThat(before).isLessThan(0.1);
        assertThat(exact(objective)).isGreaterThan(0.9);
    }

    private static double exact(CopyTask objective) {
        return requireNonNull(objective.validate().get("exact"));
    }

    @ParameterizedTest
    @MethodSource("makers")
    void going_on_after_a_stop_is_never_having_stopped(Maker maker) {
        CopyTask unbroken = new CopyTask(maker.model(), 4);
        Progress end = training().steps(14).run(unbroken);
        CopyTask first = new CopyTask(maker.model(), 4);
        OptimiserState state = OptimiserState.of(Adam.standard(), first.parameters());
        long[] asked = {0};
        Progress stopped =
                training()
                        .steps(14)
                        .interruptWhen(() -> ++asked[0] > 6)
                        .resume(first, Progress.START, state);
        assertThat(stopped.step()).isEqualTo(6);
        assertThat(stopped.epoch()).isEqualTo(1);
        assertThat(stopped.batch()).isEqualTo(2);
        CopyTask second = new CopyTask(maker.model(), 4);
        copy(first.parameters(), second.parameters());
        OptimiserState kept = OptimiserState.of(Adam.standard(), second.parameters());
        copy(state.tensors(), kept.tensors());
        Progress resumed = training().steps(14).resume(second, stopped, kept);
        assertThat(resumed).isEqualTo(end);
        Map<String, Parameter> expected = unbroken.parameters();
        second.parameters()
                .forEach(
                        (name, p) ->
                                assertThat(p.value().toArray())
                                        .as(name)
                                        .isEqualTo(numbers(expected, name)));
    }

    private static void copy(Map<String, Parameter> from, Map<String, Parameter> to) {
        to.forEach((name, p) -> p.set(numbers(from, name)));
    }

    private static float[] numbers(Map<String, Parameter> parameters, String name) {
        return requireNonNull(parameters.get(name)).value().toArray();
    }

    @Test
    void the_seed_decides_the_noise() {
        assertThat(lossesWithSeed(1)).isEqualTo(lossesWithSeed(1)).isNotEqualTo(lossesWithSeed(2));
    }

    private static List<Double> lossesWithSeed(long seed) {
        CopyTask objective =
                new CopyTask(makers().findFirst().orElseThrow().getPayload().model(), 3);
        List<Double> losses = new ArrayList<>();
        Training.of(Adam.standard(), 0.01)
                .seed(seed)
                .steps(3)
                .listen(
                        event -> {
                            if (event instanceof TrainingEvent.Stepped stepped) {
                                losses.add(stepped.loss());
                            }
                        })
                .run(objective);
        return losses;
    }
}
