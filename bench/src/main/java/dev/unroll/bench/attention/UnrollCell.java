package dev.unroll.bench.attention;

import dev.unroll.bench.Contestant;
import dev.unroll.nn.Parameters;
import dev.unroll.nn.Seed;
import dev.unroll.nn.recurrent.Cell;
import dev.unroll.nn.recurrent.CellState;
import dev.unroll.nn.recurrent.Cells;
import dev.unroll.tensor.Gradients;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.MemoryScope;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import java.util.List;

/** A recurrent layer of ours with its products, over one sequence or one token after another. */
final class UnrollCell {
    private UnrollCell() {}

    private static Cell cell(String kind) {
        return Cells.named(kind).cell(Rows.WIDTH, Rows.WIDTH, new Seed(1));
    }

    /** Forwards and backwards. */
    static Contestant training(String kind, int length) {
        Cell cell = cell(kind);
        Tensor x = UnrollAttention.rows(1, length);
        Tensor slopes = UnrollAttention.rows(4, length);
        Layout layout = Layout.of(length);
        return () ->
                MemoryScope.run(
                        () -> {
                            Gradients.of(
                                    () ->
                                            cell.unroll(
                                                            new Sequences(x, layout),
                                                            cell.start(1),
                                                            false)
                                                    .outputs()
                                                    .rows()
                                                    .times(slopes)
                                                    .sum(),
                                    x);
                            return 0.0;
                        });
    }

    /** One token more after another. */
    static Contestant decoding(String kind) {
        Cell cell = Parameters.map(cell(kind), Parameter::packed);
        Tensor x = UnrollAttention.rows(1, 1);
        CellState[] state = {cell.start(1)};
        return () -> {
            for (int t = 0; t < UnrollDecoding.TOKENS; t++) {
                MemoryScope.run(
                        () -> {
                            state[0] = cell.step(x, state[0]);
                            return state[0].h().toArray();
                        },
                        () -> List.of(state[0].h(), state[0].c()));
            }
            return 0;
        };
    }
}
