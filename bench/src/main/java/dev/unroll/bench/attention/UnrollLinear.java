package dev.unroll.bench.attention;

import dev.unroll.backend.LinearAttentionHeads;
import dev.unroll.backend.LinearAttentionShape;
import dev.unroll.bench.Contestant;
import dev.unroll.tensor.Gradients;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.LinearAttentionState;
import dev.unroll.tensor.LinearDotProduct;
import dev.unroll.tensor.MemoryScope;
import dev.unroll.tensor.Tensor;

/** Our linear attention: of one sequence to itself, or of one token more after another. */
final class UnrollLinear {
    private static final LinearAttentionHeads HEADS =
            new LinearAttentionHeads(Rows.HEADS, Rows.HEADS, Rows.HEAD, Rows.HEAD, true);

    private UnrollLinear() {}

    /** The decays of RetNet's heads (Sun et al. 2023): 1 − 2^(−5−h). */
    private static Tensor decays() {
        float[] logs = new float[Rows.HEADS];
        for (int h = 0; h < logs.length; h++) {
            logs[h] = (float) Math.log1p(-Math.pow(2, -5 - h));
        }
        return Tensor.of(logs, 1, Rows.HEADS);
    }

    /** elu + 1, without which weights would not be positive (Katharopoulos et al. 2020, eq. 7). */
    private static Tensor feature(Tensor x) {
        return x.eluPlusOne();
    }

    /** Forwards and backwards. */
    static Contestant training(int length) {
        Tensor q = UnrollAttention.rows(1, length);
        Tensor k = UnrollAttention.rows(2, length);
        Tensor v = UnrollAttention.rows(3, length);
        Tensor slopes = UnrollAttention.rows(4, length);
        Tensor decays = decays();
        LinearAttentionShape shape = new LinearAttentionShape(new int[] {0, length}, HEADS, true);
        return () ->
                MemoryScope.run(
                        () -> {
                            Gradients.of(
                                    () ->
                                            LinearDotProduct.attend(
                                                            feature(q),
                                                            feature(k),
                                                            v,
                                                            decays,
                                                            shape)
                                                    .times(slopes)
                                                    .sum(),
                                    q,
                                    k,
                                    v);
                            return 0.0;
                        });
    }

    /** One token more after another. */
    static Contestant decoding(int length) {
        LinearAttentionState state = new LinearAttentionState(HEADS, 1);
        Tensor decays = decays();
        state.read(
                feature(UnrollAttention.rows(2, length)),
                UnrollAttention.rows(3, length),
                decays,
                Layout.of(length));
        Tensor q = UnrollAttention.rows(5, 1);
        Tensor k = UnrollAttention.rows(6, 1);
        Tensor v = UnrollAttention.rows(7, 1);
        return () -> {
            for (int t = 0; t < UnrollDecoding.TOKENS; t++) {
                MemoryScope.run(
                        () -> state.step(new int[1], feature(q), feature(k), v, decays).toArray(),
                        state::memory);
            }
            return 0;
        };
    }
}
