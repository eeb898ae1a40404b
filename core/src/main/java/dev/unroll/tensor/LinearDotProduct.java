package dev.unroll.tensor;

import dev.unroll.backend.Backends;
import dev.unroll.backend.LinearAttentionHeads;
import dev.unroll.backend.LinearAttentionOperations;
import dev.unroll.backend.LinearAttentionShape;
import dev.unroll.backend.View;
import org.jspecify.annotations.Nullable;

/**
 * Linear attention as one fused operation: sums of values weighted by plain products of queries and
 * keys, with optional decays (Katharopoulos et al. 2020; Sun et al. 2023; Dao and Gu 2024). Its
 * time and memory grow with the number of tokens, not with its square. The formula in single
 * operations is {@code LinearAttention.formula} of {@code dev.unroll.nn.attention}, and {@link
 * dev.unroll.backend.LinearAttentionOperations} states it.
 */
public final class LinearDotProduct {
    private LinearDotProduct() {}

    /**
     * Of every sequence and head.
     *
     * @param q [tokens, heads·width]
     * @param k [tokens, keyHeads·width]
     * @param v [tokens, keyHeads·valueWidth]
     * @param logDecays natural logarithms of the decays, at most 0: [tokens, heads], or [1, heads]
     *     for the same ones at every token; null for none
     * @return [tokens, heads·valueWidth]
     * @throws IllegalArgumentException if the shapes do not fit each other, or if there are decays
     *     although every query sees every key
     */
    public static Tensor attend(
            Tensor q, Tensor k, Tensor v, @Nullable Tensor logDecays, LinearAttentionShape shape) {
        check(q, k, v, logDecays, shape.tokens(), shape.heads());
        if (logDecays != null && !shape.causal()) {
            throw new IllegalArgumentException(
                    "linear attention: decays count from a token back to its past, so every query"
                            + " sees only its own key and those before it: ask for a causal one, or"
                            + " leave the decays out");
        }
        LinearAttentionOperations.Operands in =
                operands(q, k, v, logDecays == null ? null : spread(logDecays, q.dim(0)));
        Tensor y =
                Tensor.allocate(
                        Shape.of(q.dim(0), shape.heads().heads() * shape.heads().valueWidth()));
        Tensor sums = Tensor.allocate(Shape.of(q.dim(0), shape.heads().heads()));
        Backends.current().linearAttention().attend(shape, in, y.view(), sums.view());
        boolean slopes = logDecays != null && Tape.tracks(logDecays);
        Tensor[] inputs =
                logDecays == null ? new Tensor[] {q, k, v} : new Tensor[] {q, k, v, logDecays};
        return Tape.record(
                y,
                dy -> {
                    Tensor[] dxs = {
                        Tensor.allocate(q.shape()),
                        Tensor.allocate(k.shape()),
                        Tensor.allocate(v.shape())
                    };
                    Tensor decays =
                            slopes ? Tensor.allocate(Shape.of(q.dim(0), sums.dim(1))) : null;
                    LinearAttentionOperations.Operands out =
                            new LinearAttentionOperations.Operands(
                                    dxs[0].view(),
                                    dxs[1].view(),
                                    dxs[2].view(),
                                    decays == null ? null : decays.view());
                    Backends.current()
                            .linearAttention()
                            .attendBackward(
                                    shape,
                                    in,
                                    y.view(),
                                    sums.view(),
                                    Views.inWholeRows(dy).view(),
                                    out);
                    return logDecays == null
                            ? dxs
                            : new @Nullable Tensor[] {
                                dxs[0], dxs[1], dxs[2], folded(decays, logDecays)
                            };
                },
                inputs);
    }

    static LinearAttentionOperations.Operands operands(
            Tensor q, Tensor k, Tensor v, @Nullable View logDecays) {
        return new LinearAttentionOperations.Operands(
                Views.inWholeRows(q).view(),
                Views.inWholeRows(k).view(),
                Views.inWholeRows(v).view(),
                logDecays);
    }

    /** The decays of each row. */
    static View spread(Tensor logDecays, int rows) {
        return Views.spread(logDecays, Shape.of(rows, logDecays.dim(1)));
    }

    /** The gradient of decays that may have been the same for all rows. */
    private static @Nullable Tensor folded(@Nullable Tensor gradient, Tensor logDecays) {
        return gradient == null || gradient.shape().equals(logDecays.shape())
                ? gradient
                : gradient.sum(0).reshape(1, logDecays.dim(1));
    }

    static void check(
            Tensor q,
            Tensor k,
            Tensor v,
            @Nullable Tensor logDecays,
            int tokens,
            LinearAttentionHeads heads) {
        if (!q.shape().equals(Shape.of(tokens, heads.heads() * heads.width()))) {
            throw misfit("q " + q.shape() + ", k " + k.shape() + ", v " + v.shape(), tokens, heads);
        }
        checkKeys(k, v, logDecays, tokens, heads);
    }

    static void checkKeys(
            Tensor k,
            Tensor v,
            @Nullable Tensor logDecays,
            int tokens,
            LinearAttentionHeads heads) {
        if (!k.shape().equals(Shape.of(tokens, heads.keyHeads() * heads.width()))
                || !v.shape().equals(Shape.of(tokens, heads.keyHeads() * heads.valueWidth()))) {
            throw misfit("k " + k.shape() + ", v " + v.shape(), tokens, heads);
        }
        if (logDecays != null
                && (logDecays.rank() != 2
                        || logDecays.dim(1) != heads.heads()
                        || (logDecays.dim(0) != 1 && logDecays.dim(0) != tokens))) {
            throw new IllegalArgumentException(
                    "linear attention: decays %s: [%d, %d] for decays of each token, or [1, %d]"
                            .formatted(logDecays.shape(), tokens, heads.heads(), heads.heads()));
        }
    }

    private static IllegalArgumentException misfit(
            String given, int tokens, LinearAttentionHeads heads) {
        return new IllegalArgumentException(
                ("linear attention: %s do not fit %d tokens, %d heads of width %d, %d key heads,"
                                + " value width %d")
                        .formatted(
                                given,
                                tokens,
                                heads.heads(),
                                heads.width(),
                                heads.keyHeads(),
                                heads.valueWidth()));
    }
}
