package dev.unroll.bench.transformer;

import dev.unroll.bench.pytorch.PyTorch;
import dev.unroll.nn.attention.MultiHeadAttention;
import dev.unroll.nn.layers.FeedForward;
import dev.unroll.nn.layers.LayerNorm;
import dev.unroll.nn.layers.Linear;
import dev.unroll.nn.layers.Norm;
import dev.unroll.nn.transformer.DecoderLayer;
import dev.unroll.nn.transformer.EncoderLayer;
import dev.unroll.nn.transformer.Sublayer;
import dev.unroll.tensor.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a pre-norm Transformer in PyTorch, with the weights of ours: linear layers whose
 * weights lie side by side where they read the same rows, as torch.nn.MultiheadAttention has them,
 * and PyTorch's own fused attention. Rows are [batch, time, width].
 */
final class PyTorchTransformer {
    private final List<Tensor> parameters = new ArrayList<>();
    private final double dropout;

    PyTorchTransformer(double dropout) {
        this.dropout = dropout;
    }

    /** All that was made so far, each once. */
    List<Tensor> parameters() {
        return parameters;
    }

    /** A learnt matrix or vector with our numbers. */
    Tensor parameter(Parameter ours) {
        int[] dims = ours.shape().dims();
        long[] shape = new long[dims.length];
        for (int i = 0; i < dims.length; i++) {
            shape[i] = dims[i];
        }
        return kept(PyTorch.parameter(ours.value().toArray(), shape));
    }

    private Tensor kept(Tensor parameter) {
        parameters.add(parameter);
        return parameter;
    }

    /** x·W + b of several layers at once: [batch, time, all their outputs]. */
    UnaryOperator<Tensor> dense(Linear... layers) {
        int in = layers[0].weight().shape().dim(0);
        int out = 0;
        for (Linear layer : layers) {
            out += layer.out();
        }
        float[] weight = new float[in * out];
        float[] bias = new float[out];
        int at = 0;
        for (Linear layer : layers) {
            float[] w = layer.weight().value().toArray();
            float[] b = Objects.requireNonNull(layer.bias()).value().toArray();
            int n = layer.out();
            System.arraycopy(b, 0, bias, at, n);
            for (int i = 0; i < in; i++) {
                for (int o = 0; o < n; o++) {
                    weight[(at + o) * in + i] = w[i * n + o]; // PyTorch keeps [out, in]
                }
            }
            at += n;
        }
        Tensor w = kept(PyTorch.parameter(weight, out, in));
        TensorOptional b = new TensorOptional(kept(PyTorch.parameter(bias, out)));
        return x -> torch.linear(x, w, b);
    }

    UnaryOperator<Tensor> norm(Norm norm) {
        if (!(norm instanceof LayerNorm ours)) {
            throw new IllegalArgumentException("only layer norm is compared, not " + norm);
        }
        long width = ours.weight().size();
        TensorOptional gain = new TensorOptional(parameter(ours.weight()));
        TensorOptional bias = new TensorOptional(parameter(ours.bias()));
        return x -> torch.layer_norm(x, new long[] {width}, gain, bias, ours.epsilon(), false);
    }

    Tensor dropped(Tensor x) {
        return dropout == 0 ? x : torch.dropout(x, dropout, true);
    }

    UnaryOperator<Tensor> feedForward(FeedForward ours) {
        if (!(ours instanceof FeedForward.Plain plain)) {
            throw new IllegalArgumentException("only ReLU and GELU are compared, not " + ours);
        }
        UnaryOperator<Tensor> in = dense(plain.in());
        UnaryOperator<Tensor> out = dense(plain.out());
        boolean relu = plain.kind() == FeedForward.Kind.RELU;
        return x -> {
            Tensor z = in.apply(x);
            return out.apply(dropped(relu ? torch.relu(z) : torch.gelu(z)));
        };
    }

    /** Rows of a sequence looking at each other. */
    @FunctionalInterface
    interface Attending {
        /**
         * @param mask added to the scores; null for none
         */
        Tensor of(Tensor x, @Nullable Tensor mask, boolean causal);
    }

    Attending selfAttention(MultiHeadAttention ours) {
        UnaryOperator<Tensor> in = dense(ours.query(), ours.key(), ours.value());
        UnaryOperator<Tensor> out = dense(ours.output());
        return (x, mask, causal) -> {
            var parts = in.apply(x).chunk(3, -1);
            return out.apply(
                    attention(parts.get(0), parts.get(1), parts.get(2), ours, mask, causal));
        };
    }

    /** Rows of one sequence looking at those of another. */
    @FunctionalInterface
    interface Across {
        Tensor of(Tensor x, Tensor memory, @Nullable Tensor mask);
    }

    Across crossAttention(MultiHeadAttention ours) {
        UnaryOperator<Tensor> query = dense(ours.query());
        UnaryOperator<Tensor> seen = dense(ours.key(), ours.value());
        UnaryOperator<Tensor> out = dense(ours.output());
        return (x, memory, mask) -> {
            var parts = seen.apply(memory).chunk(2, -1);
            return out.apply(
                    attention(query.apply(x), parts.get(0), parts.get(1), ours, mask, false));
        };
    }

    private static Tensor attention(
            Tensor q,
            Tensor k,
            Tensor v,
            MultiHeadAttention ours,
            @Nullable Tensor mask,
            boolean causal) {
        Tensor y =
                torch.scaled_dot_product_attention(
                        heads(q, ours.heads()),
                        heads(k, ours.heads()),
                        heads(v, ours.heads()),
                        mask == null ? new TensorOptional() : new TensorOptional(mask),
                        0,
                        causal,
                        new DoubleOptional(),
                        false);
        return y.transpose(1, 2).reshape(q.size(0), q.size(1), q.size(2));
    }

    /** [batch, time, width] as [batch, heads, time, width / heads]. */
    private static Tensor heads(Tensor x, int heads) {
        return x.view(x.size(0), x.size(1), heads, x.size(2) / heads).transpose(1, 2);
    }

    /** x + f(norm(x)). */
    private Tensor around(Tensor x, UnaryOperator<Tensor> norm, UnaryOperator<Tensor> f) {
        return x.add(dropped(f.apply(norm.apply(x))));
    }

    private UnaryOperator<Tensor> norm(Sublayer ours) {
        if (!ours.preNorm()) {
            throw new IllegalArgumentException("only pre-norm layers are compared");
        }
        return norm(ours.norm());
    }

    Attending encoderLayer(EncoderLayer ours) {
        Attending attention = selfAttention((MultiHeadAttention) ours.attention());
        UnaryOperator<Tensor> before = norm(ours.attentionSublayer());
        UnaryOperator<Tensor> feedForward = feedForward(ours.feedForward());
        UnaryOperator<Tensor> beforeFeedForward = norm(ours.feedForwardSublayer());
        return (x, mask, causal) -> {
            Tensor a = around(x, before, y -> attention.of(y, mask, causal));
            return around(a, beforeFeedForward, feedForward);
        };
    }

    /** A layer of the decoder; its own sequence is seen backwards only. */
    Across decoderLayer(DecoderLayer ours) {
        Attending attention = selfAttention((MultiHeadAttention) ours.attention());
        UnaryOperator<Tensor> before = norm(ours.attentionSublayer());
        Across cross = crossAttention(ours.cross());
        UnaryOperator<Tensor> beforeCross = norm(ours.crossSublayer());
        UnaryOperator<Tensor> feedForward = feedForward(ours.feedForward());
        UnaryOperator<Tensor> beforeFeedForward = norm(ours.feedForwardSublayer());
        return (x, memory, mask) -> {
            Tensor a = around(x, before, y -> attention.of(y, null, true));
            Tensor b = around(a, beforeCross, y -> cross.of(y, memory, mask));
            return around(b, beforeFeedForward, feedForward);
        };
    }
}
