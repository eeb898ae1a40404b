package dev.unroll.nn.transformer;

import dev.unroll.backend.AttentionShape;
import dev.unroll.mask.Mask;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Observation;
import dev.unroll.nn.attention.MultiHeadAttention;
import dev.unroll.nn.attention.SelfAttention;
import dev.unroll.nn.layers.FeedForward;
import dev.unroll.nn.layers.LayerNorm;
import dev.unroll.nn.layers.Linear;
import dev.unroll.nn.layers.Norm;
import dev.unroll.nn.layers.Positions;
import dev.unroll.tensor.PackedEncoder;
import dev.unroll.tensor.Sequences;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Chooses one operation for whole encoder layers where nothing needs to see inside: inference with
 * packed weights, multi-head attention without adapters and rotary positions, layer norms, and a
 * feed-forward part without gate. The layers' formulas are {@link EncoderLayer#formula}; tests hold
 * both equal.
 */
final class PackedLayers {
    private PackedLayers() {}

    /** The result of the layers; null where they have to go operation by operation. */
    static @Nullable Sequences forward(
            List<EncoderLayer> layers, Sequences x, Mask mask, Mode mode) {
        if (layers.isEmpty() || !mode.equals(Mode.INFERENCE) || Observation.current() != null) {
            return null;
        }
        boolean preNorm = layers.getFirst().attentionSublayer().preNorm();
        List<PackedEncoder.Layer> packed = new ArrayList<>();
        if (!(layers.getFirst().attention() instanceof MultiHeadAttention first)) {
            return null;
        }
        for (EncoderLayer layer : layers) {
            PackedEncoder.Layer one = packed(layer, preNorm);
            if (one == null || !same(first, layer.attention())) {
                return null;
            }
            packed.add(one);
        }
        AttentionShape shape = first.shape(x.layout(), mask);
        return x.with(PackedEncoder.forward(x.rows(), shape, preNorm, packed));
    }

    /** Whether attention goes as that of the first layer. */
    private static boolean same(MultiHeadAttention first, SelfAttention attention) {
        return attention instanceof MultiHeadAttention other
                && other.heads() == first.heads()
                && other.keyHeads() == first.keyHeads()
                && other.query().out() == first.query().out()
                && other.value().out() == first.value().out()
                && other.pattern().equals(first.pattern());
    }

    private static PackedEncoder.@Nullable Layer packed(EncoderLayer layer, boolean preNorm) {
        if (!(layer.attention() instanceof MultiHeadAttention attention)
                || rotates(attention.positions())
                || !(layer.feedForward() instanceof FeedForward.Plain feedForward)
                || layer.attentionSublayer().preNorm() != preNorm
                || layer.feedForwardSublayer().preNorm() != preNorm) {
            return null;
        }
        PackedEncoder.Norm first = norm(layer.attentionSublayer().norm());
        PackedEncoder.Norm second = norm(layer.feedForwardSublayer().norm());
        if (first == null || second == null) {
            return null;
        }
        PackedEncoder.Layer packed =
                new PackedEncoder.Layer(
                        product(attention.query()),
                        product(attention.key()),
                        product(attention.value()),
                        product(attention.output()),
                        first,
                        product(feedForward.in()),
                        feedForward.function(),
                        product(feedForward.out()),
                        second);
        return packed.usable() && !adapted(attention, feedForward) ? packed : null;
    }

    private static boolean rotates(Positions positions) {
        return !(positions instanceof Positions.NoPositions
                || positions instanceof Positions.Sinusoidal
                || positions instanceof Positions.Learned);
    }

    private static boolean adapted(MultiHeadAttention attention, FeedForward.Plain feedForward) {
        return Stream.of(
                        attention.query(),
                        attention.key(),
                        attention.value(),
                        attention.output(),
                        feedForward.in(),
                        feedForward.out())
                .anyMatch(linear -> linear.adapter() != null);
    }

    private static PackedEncoder.Product product(Linear linear) {
        return new PackedEncoder.Product(linear.weight(), linear.bias());
    }

    private static PackedEncoder.@Nullable Norm norm(Norm norm) {
        return norm instanceof LayerNorm layer
                ? new PackedEncoder.Norm(layer.weight(), layer.bias(), layer.epsilon())
                : null;
    }
}
