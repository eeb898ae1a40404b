package dev.unroll.examples;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.examples.SequenceRegression.Forecaster;
import dev.unroll.examples.SequenceRegression.NextNumber;
import dev.unroll.nn.Mode;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import dev.unroll.train.Adam;
import dev.unroll.train.Training;
import dev.unroll.train.TrainingEvent;
import dev.unroll.watch.Observed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each example does what it says. */
class ExamplesTest {

    @Test
    void a_model_of_ones_own_learns_to_forecast() {
        NextNumber objective = SequenceRegression.objective();
        double before = loss(objective);
        Training.of(Adam.standard(), 1e-2).epochs(15).clip(1).patience(5).run(objective);
        assertThat(before).isGreaterThan(0.3);
        assertThat(loss(objective)).isLessThan(0.01);
    }

    private static double loss(NextNumber objective) {
        return requireNonNull(objective.validate().get("loss"));
    }

    @Test
    void a_loss_of_ones_own_finds_the_band_of_eight_in_ten() {
        OwnLoss.Band band = OwnLoss.train();
        OwnLoss.Points points = OwnLoss.Points.draw(5_000, new Random(9));
        float[] ends = band.forward(points.x()).toArray();
        float[] y = points.y().toArray();
        int within = 0;
        for (int i = 0; i < y.length; i++) {
            within += ends[2 * i] < y[i] && y[i] < ends[2 * i + 1] ? 1 : 0;
        }
        assertThat(within / (double) y.length).isBetween(0.75, 0.85);
    }

    @Test
    void a_loop_of_ones_own_learns_to_count() {
        assertThat(OwnLoop.train(1)).isGreaterThan(4);
        assertThat(OwnLoop.train(400)).isLessThan(0.3f);
    }

    @Test
    void weights_that_are_loaded_are_those_that_were_saved(@TempDir Path folder)
            throws IOException {
        Path file = folder.resolve("forecaster.safetensors");
        Forecaster saved = SaveAndLoad.save(file);
        Forecaster loaded = SaveAndLoad.load(file);
        Map<String, Parameter> expected = saved.parameters();
        assertThat(loaded.parameters().keySet()).isEqualTo(expected.keySet()).isNotEmpty();
        loaded.parameters()
                .forEach(
                        (name, p) ->
                                assertThat(p.value().toArray())
                                        .as(name)
                                        .isEqualTo(numbers(expected, name)));
        SequenceRegression.Batch waves = SequenceRegression.waves(7, new Random(3));
        Tensor answer = loaded.forward(waves.series(), Mode.INFERENCE);
        assertThat(answer.toArray())
                .isEqualTo(saved.forward(waves.series(), Mode.INFERENCE).toArray());
    }

    private static float[] numbers(Map<String, Parameter> parameters, String name) {
        return requireNonNull(parameters.get(name)).value().toArray();
    }

    @Test
    void a_listener_ends_a_training_when_its_model_is_good_enough() {
        List<TrainingEvent> events = new ArrayList<>();
        NextNumber objective = SequenceRegression.objective();
        Listeners.until(0.05).listen(events::add).run(objective);
        assertThat(events.getLast())
                .isInstanceOfSatisfying(
                        TrainingEvent.Ended.class,
                        e -> assertThat(e.reason()).isEqualTo(TrainingEvent.Reason.INTERRUPTED));
        assertThat(loss(objective)).isLessThan(0.05);
        assertThat(events.size()).isLessThan(30 * 21);
    }

    @Test
    void a_listener_prints_a_line_for_each_validation() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            Training.of(Adam.standard(), 1e-2)
                    .epochs(2)
                    .listen(new Listeners.Printer())
                    .run(SequenceRegression.objective());
        } finally {
            System.setOut(before);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .hasSize(3)
                .anySatisfy(line -> assertThat(line).startsWith("step 20: training loss 0."))
                .last()
                .isEqualTo("ended: COMPLETE");
    }

    @Test
    void a_watched_training_says_how_its_gradients_are() {
        List<Observed> seen = new ArrayList<>();
        Watching.train(SequenceRegression.objective(), seen::add);
        assertThat(seen)
                .extracting(observed -> observed.diagnosis().step())
                .containsExactly(10L, 50L, 100L, 150L, 160L);
        assertThat(seen.getLast().diagnosis().summary()).startsWith("healthy: gradient norm");
        assertThat(Watching.forgetful()).startsWith("vanishing: lstm.forward.0");
    }
}
