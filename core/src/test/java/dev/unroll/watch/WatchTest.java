package dev.unroll.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.mask.Masks;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Model;
import dev.unroll.nn.Parameters;
import dev.unroll.nn.Seed;
import dev.unroll.nn.attention.MultiHeadAttention;
import dev.unroll.nn.layers.Dropout;
import dev.unroll.nn.layers.Linear;
import dev.unroll.nn.recurrent.Gru;
import dev.unroll.nn.recurrent.Recurrent;
import dev.unroll.nn.transformer.TransformerEncoder;
import dev.unroll.nn.transformer.TransformerShape;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Numbers;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import dev.unroll.train.Adam;
import dev.unroll.train.Objective;
import dev.unroll.train.Training;
import dev.unroll.train.TrainingEvent;
import dev.unroll.watch.Diagnosis.HeadFocus;
import dev.unroll.watch.Diagnosis.ParameterFlow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WatchTest {
    private static final int WIDTH = 8;
    private static final Layout LAYOUT = Layout.of(5, 3, 7);

    /** Recurrent layers below a Transformer, with dropout. */
    record Network(Recurrent gru, Dropout dropout, TransformerEncoder layers, Linear head)
            implements Model {
        static Network of() {
            Seed seed = new Seed(3);
            TransformerShape shape = shape();
            return new Network(
                    Recurrent.of(Gru::of, WIDTH, WIDTH, 2, false, 0.2, seed.at("gru")),
                    Dropout.of(0.2, seed.at("dropout")),
                    TransformerEncoder.of(shape, 2, shape.positions(seed), seed.at("layers")),
                    Linear.of(WIDTH, 1, seed.at("head")));
        }

        Tensor loss(Sequences xs, Mode mode) {
            Sequences h = gru.unroll(xs, gru.start(xs.layout().batch()), mode).outputs();
            Sequences y = layers.forward(dropout.forward(h, mode), Masks.CAUSAL, mode);
            return head.forward(y.rows()).minus(xs.rows().sum(1).reshape(-1, 1)).square().mean();
        }
    }

    private static TransformerShape shape() {
        return TransformerShape.of(WIDTH, 2);
    }

    /** Eight batches an epoch. */
    private record Sums(Network model) implements Objective<Sequences> {
        @Override
        public Map<String, Parameter> parameters() {
            return model.parameters();
        }

        @Override
        public List<Sequences> batches(int epoch) {
            return IntStream.range(0, 8)
                    .mapToObj(
                            b ->
                                    new Sequences(
                                            Numbers.of(100L * epoch + b, LAYOUT.tokens(), WIDTH),
                                            LAYOUT))
                    .toList();
        }

        @Override
        public Tensor loss(Sequences batch, Mode mode) {
            return model.loss(batch, mode);
        }
    }

    private static Training training() {
        return Training.of(Adam.standard(), 1e-2).steps(12).clip(0.5);
    }

    @Test
    void a_watched_training_computes_the_same_bits() {
        Network plain = Network.of();
        training().run(new Sums(plain));

        Network watched = Network.of();
        List<Observed> seen = new ArrayList<>();
        Watch<Sequences> watch = Watch.of(new Sums(watched), Interval.every(3), true, seen::add);
        training().listen(watch).run(watch.objective());

        assertThat(seen).hasSize(4);
        plain.parameters()
                .forEach(
                        (name, p) ->
                                assertThat(
                                                Objects.requireNonNull(
                                                                watched.parameters().get(name))
                                                        .value()
                                                        .toArray())
                                        .as(name)
                                        .containsExactly(p.value().toArray()));
    }

    @Test
    void an_observed_step_has_the_numbers_of_the_step() {
        List<Observed> seen = new ArrayList<>();
        List<TrainingEvent.Stepped> steps = new ArrayList<>();
        Network model = Network.of();
        Watch<Sequences> watch = Watch.of(new Sums(model), Interval.every(4), false, seen::add);
        training()
                .listen(
                        event -> {
                            if (event instanceof TrainingEvent.Stepped s) {
                                steps.add(s);
                            }
                        })
                .listen(watch)
                .run(watch.objective());

        assertThat(seen).extracting(o -> o.diagnosis().step()).containsExactly(4L, 8L, 12L);
        for (Observed observed : seen) {
            Diagnosis d = observed.diagnosis();
            TrainingEvent.Stepped step = steps.get((int) d.step() - 1);
            assertThat(d.loss()).isCloseTo(step.loss(), within(1e-5));
            assertThat(d.gradientNorm()).isCloseTo(step.gradientNorm(), within(1e-3));
            Diagnosis.Clipping clipping = Objects.requireNonNull(d.clipping());
            assertThat(clipping.steps()).isEqualTo(4);
            long clipped =
                    steps.subList((int) d.step() - 4, (int) d.step()).stream()
                            .filter(s -> s.gradientNorm() > 0.5)
                            .count();
            assertThat(clipping.clipped()).isEqualTo(clipped);
        }
    }

    @Test
    void updates_are_what_the_step_changed() {
        Network model = Network.of();
        List<Observed> seen = new ArrayList<>();
        Watch<Sequences> watch = Watch.of(new Sums(model), Interval.every(1), false, seen::add);
        float[] before = model.head().weight().value().toArray();
        Training.of(Adam.standard(), 1e-2).steps(1).listen(watch).run(watch.objective());
        float[] after = model.head().weight().value().toArray();

        double sum = 0;
        for (int i = 0; i < after.length; i++) {
            sum += Math.pow((double) after[i] - before[i], 2);
        }
        ParameterFlow head =
                seen.getFirst().diagnosis().parameters().stream()
                        .filter(p -> p.name().equals("head.weight"))
                        .findFirst()
                        .orElseThrow();
        assertThat(head.update()).isCloseTo(Math.sqrt(sum), within(1e-9));
    }

    @Test
    void every_layer_is_named_by_its_path_in_the_model() {
        Network model = Network.of();
        Observed seen =
                ObservedPass.of(
                        model.parameters(),
                        () -> model.loss(new Sums(model).batches(0).getFirst(), Mode.INFERENCE),
                        true);
        assertThat(seen.diagnosis().sequences())
                .extracting(SequenceFlow::layer)
                .containsExactly(
                        "gru.forward.0", "gru.forward.1", "layers.layers.0", "layers.layers.1");
        assertThat(seen.diagnosis().activations())
                .extracting(a -> a.layer() + " " + a.name())
                .contains("gru.forward.0 update gate", "layers.layers.1.feedForward units");
        assertThat(seen.attention())
                .extracting(m -> m.layer() + " " + m.head())
                .containsExactly(
                        "layers.layers.0.attention 0",
                        "layers.layers.0.attention 1",
                        "layers.layers.1.attention 0",
                        "layers.layers.1.attention 1");
        assertThat(seen.histograms()).hasSize(2 * model.parameters().size());
        Histogram first = seen.histograms().getFirst();
        assertThat(first.count()).isEqualTo(model.parameters().values().iterator().next().size());
    }

    @Test
    void the_map_of_a_head_is_its_attention_weights_and_its_entropy_theirs() {
        TransformerShape shape = shape();
        Seed seed = new Seed(1);
        TransformerEncoder layers =
                TransformerEncoder.of(shape, 1, shape.positions(seed), seed.at("layers"));
        Sequences x = new Sequences(Numbers.of(7, 6, WIDTH), Layout.of(6));
        Observed seen =
                ObservedPass.of(
                        Parameters.of(layers),
                        () -> layers.forward(x, Masks.CAUSAL, Mode.INFERENCE).rows().square().sum(),
                        false);
        var layer = layers.layers().getFirst();
        Sequences in =
                layer.attentionSublayer().preNorm()
                        ? x.with(layer.attentionSublayer().norm().forward(x.rows()))
                        : x;
        for (int h = 0; h < 2; h++) {
            float[] weights =
                    ((MultiHeadAttention) layer.attention())
                            .attentionWeights(in, in, Masks.CAUSAL, 0, h)
                            .toArray();
            AttentionMap map = seen.attention().get(h);
            double entropy = 0;
            for (int q = 0; q < 6; q++) {
                double sum = 0;
                for (int k = 0; k < 6; k++) {
                    float w = weights[q * 6 + k];
                    assertThat(map.weights()[q][k]).isCloseTo(w, within(1e-5f));
                    sum -= w > 0 ? w * Math.log(w) : 0;
                }
                entropy += q == 0 ? 0 : sum / Math.log(q + 1) / 5;
            }
            HeadFocus focus = seen.diagnosis().heads().get(h);
            assertThat(focus.entropy()).isCloseTo(entropy, within(1e-5));
            assertThat(focus.largestScore()).isGreaterThanOrEqualTo(focus.meanScore());
        }
    }

    @Test
    void a_short_training_is_observed_at_its_end() {
        List<Observed> seen = new ArrayList<>();
        Watch<Sequences> watch =
                Watch.of(new Sums(Network.of()), Interval.STANDARD, false, seen::add);
        Training.of(Adam.standard(), 1e-2).steps(5).listen(watch).run(watch.objective());
        assertThat(seen).hasSize(1);
        assertThat(seen.getFirst().diagnosis().step()).isEqualTo(5);
        assertThat(seen.getFirst().diagnosis().parameters().getFirst().update()).isNull();
    }
}
