package dev.unroll.lab.experiments;

import dev.unroll.lab.Experiment;
import dev.unroll.lab.Finding;
import dev.unroll.lab.Spread;
import dev.unroll.lab.Trials;
import dev.unroll.lab.kit.Length;
import dev.unroll.mask.Mask;
import dev.unroll.mask.Masks;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.Positions;
import dev.unroll.nn.models.SequenceEncoder;
import dev.unroll.nn.recurrent.Gru;
import dev.unroll.nn.recurrent.Recurrent;
import dev.unroll.nn.transformer.TransformerShape;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The input of a network is permuted: is its output only permuted, too? */
public final class BlindToOrder implements Experiment {
    private static final int[] ORDER = {4, 2, 7, 0, 6, 1, 3, 5};
    private static final int WIDTH = 32;

    @Override
    public String name() {
        return "blind-to-order";
    }

    @Override
    public Finding run(Trials trials) {
        List<List<String>> rows = new ArrayList<>();
        for (Positions.Kind kind : Positions.Kind.values()) {
            Spread moved = trials.measure(s -> moved(seed -> attention(kind, Masks.NONE, seed), s));
            rows.add(List.of("Transformer, positions: " + kind, moved.written()));
        }
        Spread blind =
                trials.measure(s -> moved(x -> attention(Positions.Kind.NONE, Masks.NONE, x), s));
        Spread causal =
                trials.measure(s -> moved(x -> attention(Positions.Kind.NONE, Masks.CAUSAL, x), s));
        Spread gru = trials.measure(s -> moved(BlindToOrder::gru, s));
        rows.add(List.of("Transformer, no positions, causal mask", causal.written()));
        rows.add(List.of("GRU", gru.written()));
        return new Finding()
                .table(List.of("network", "difference, as a share of the output"), rows)
                .number("blind", blind.high())
                .number("causal", causal.median())
                .number("gru", gru.median())
                .effect(
                        "Without positions a Transformer's output is only permuted",
                        blind.high() < 1e-5)
                .effect("With a causal mask it is not", causal.low() > 1e-2)
                .effect("A GRU's output is not", gru.low() > 1e-2);
    }

    /** How far the rows of a permuted input lie from the permuted rows of the input. */
    private static double moved(Function<Seed, SequenceEncoder> network, Seed seed) {
        SequenceEncoder encoder = network.apply(seed);
        Tensor x = seed.at("x").normal(1, ORDER.length, WIDTH).value();
        Tensor expected = rows(encoder, x).gather(ORDER);
        return Length.of(rows(encoder, x.gather(ORDER)).minus(expected)) / Length.of(expected);
    }

    private static Tensor rows(SequenceEncoder encoder, Tensor x) {
        Sequences one = new Sequences(x, Layout.of(ORDER.length));
        return encoder.forward(one, Mode.INFERENCE).rows().rows();
    }

    private static SequenceEncoder attention(Positions.Kind kind, Mask mask, Seed seed) {
        TransformerShape shape = TransformerShape.of(WIDTH, 4, kind, ORDER.length).dropout(0);
        return SequenceEncoder.SelfAttention.of(shape, WIDTH, 2, mask, seed);
    }

    private static SequenceEncoder gru(Seed seed) {
        return new SequenceEncoder.Recurrence(
                Recurrent.of(Gru::of, WIDTH, WIDTH, 1, false, 0, seed));
    }
}
