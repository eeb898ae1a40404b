package dev.unroll.own;

import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.Linear;
import dev.unroll.nn.recurrent.Cell;
import dev.unroll.nn.recurrent.CellKind;
import dev.unroll.nn.recurrent.CellState;
import dev.unroll.tensor.Tensor;

/**
 * Minimal gated unit (Zhou et al. 2016, eq. 6): a cell that is not Unroll's own, in one file.
 *
 * <pre>
 *   f = σ([h; x]·Wf + bf)      n = tanh([f ⊙ h; x]·Wn + bn)      h′ = (1 − f) ⊙ h + f ⊙ n
 * </pre>
 *
 * @param gate [hidden + input, hidden]
 * @param candidate [hidden + input, hidden]
 */
public record MinimalGatedUnit(Linear gate, Linear candidate) implements Cell {

    /** Its name in recipes. */
    public static final class Kind implements CellKind {
        @Override
        public String name() {
            return "mgu";
        }

        @Override
        public Cell cell(int input, int hidden, Seed seed) {
            return new MinimalGatedUnit(
                    Linear.of(hidden + input, hidden, seed.at("gate")),
                    Linear.of(hidden + input, hidden, seed.at("candidate")));
        }
    }

    @Override
    public CellState step(Tensor x, CellState state) {
        Tensor h = state.h();
        Tensor f = gate.forward(Tensor.concat(1, h, x)).sigmoid();
        Tensor n = candidate.forward(Tensor.concat(1, f.times(h), x)).tanh();
        return new CellState(f.complement().times(h).plus(f.times(n)));
    }

    @Override
    public int hidden() {
        return gate.out();
    }
}
