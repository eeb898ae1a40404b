package dev.unroll.tensor;

import dev.unroll.backend.Backends;
import dev.unroll.backend.LinearAttentionHeads;
import dev.unroll.backend.LinearAttentionShape;
import dev.unroll.backend.View;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one layer of linear attention keeps of the tokens so far, a row for each hypothesis of a
 * search. A row has the same size after any number of tokens: Σ k·vᵀ and Σ k of each head, with
 * their decays. It takes the place of a {@link KeyValueCache}, whose rows are as many as the
 * tokens. There are no derivatives.
 */
public final class LinearAttentionState {
    private final LinearAttentionHeads heads;
    private Tensor states; // [hypotheses, heads·width·(valueWidth + 1)]
    private Tensor spare; // likewise, with room for the next ones

    /**
     * Sequences without tokens.
     *
     * @param sequences how many
     */
    public LinearAttentionState(LinearAttentionHeads heads, int sequences) {
        this.heads = heads;
        this.states = Tensor.zeros(sequences, heads.states());
        this.spare = Tensor.allocate(states.shape());
    }

    /** Number of hypotheses. */
    public int rows() {
        return states.dim(0);
    }

    /** The tensors that must outlive the computation of a step. */
    public List<Tensor> memory() {
        return List.of(states, spare);
    }

    /**
     * Reads whole sequences, one for each row; what was kept before is forgotten.
     *
     * @param k [tokens, keyHeads·width]
     * @param v [tokens, keyHeads·valueWidth]
     * @param logDecays [tokens, heads], or [1, heads]; null for none
     */
    public void read(Tensor k, Tensor v, @Nullable Tensor logDecays, Layout layout) {
        int tokens = layout.tokens();
        LinearDotProduct.checkKeys(k, v, logDecays, tokens, heads);
        states = Tensor.allocate(Shape.of(layout.batch(), heads.states()));
        spare = Tensor.allocate(states.shape());
        View decays = logDecays == null ? null : LinearDotProduct.spread(logDecays, tokens);
        Backends.current()
                .linearAttention()
                .states(
                        new LinearAttentionShape(layout.offsets(), heads, true),
                        LinearDotProduct.operands(k, k, v, decays), // no query is read
                        states.view());
    }

    /**
     * One more token of each hypothesis, the counterpart of {@link LinearDotProduct}.
     *
     * @param parents [hypotheses]: hypothesis r continues hypothesis parents[r] of the step before
     * @param q [hypotheses, heads·width]
     * @param k [hypotheses, keyHeads·width]
     * @param v [hypotheses, keyHeads·valueWidth]
     * @param logDecays [hypotheses, heads], or [1, heads]; null for none
     * @return [hypotheses, heads·valueWidth]
     */
    public Tensor step(int[] parents, Tensor q, Tensor k, Tensor v, @Nullable Tensor logDecays) {
        int rows = parents.length;
        LinearDotProduct.check(q, k, v, logDecays, rows, heads);
        for (int r = 0; r < rows; r++) {
            if (parents[r] < 0 || parents[r] >= states.dim(0)) {
                throw new IllegalArgumentException(
                        "row %d continues row %d of %d".formatted(r, parents[r], states.dim(0)));
            }
        }
        Tensor after =
                spare.dim(0) == rows ? spare : Tensor.allocate(Shape.of(rows, heads.states()));
        Tensor y = Tensor.allocate(Shape.of(rows, heads.heads() * heads.valueWidth()));
        View decays = logDecays == null ? null : LinearDotProduct.spread(logDecays, rows);
        Backends.current()
                .linearAttention()
                .step(
                        heads,
                        parents,
                        LinearDotProduct.operands(q, k, v, decays),
                        states.view(),
                        after.view(),
                        y.view());
        spare = states;
        states = after;
        return y;
    }
}
