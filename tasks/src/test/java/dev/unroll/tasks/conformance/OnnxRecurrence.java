package dev.unroll.tasks.conformance;

import dev.unroll.nn.recurrent.Cell;
import dev.unroll.nn.recurrent.CellState;
import dev.unroll.nn.recurrent.Elman;
import dev.unroll.nn.recurrent.Gru;
import dev.unroll.nn.recurrent.Lstm;
import dev.unroll.tasks.conformance.OnnxAnswer.Computed;
import dev.unroll.tasks.conformance.OnnxAnswer.LeftOut;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Recurrences, each direction as a cell unrolled in one operation. ONNX's weights are [gates, ..]
 * with the gates in another order, and two biases that only add up.
 */
final class OnnxRecurrence {
    private OnnxRecurrence() {}

    static OnnxAnswer answer(OnnxCase given) {
        given.understands("hidden_size", "layout", "direction", "linear_before_reset");
        if (given.has("P")) {
            return new LeftOut("Unroll's LSTM has no peepholes");
        }
        if (given.has("sequence_lens") || given.has("initial_h") || given.has("initial_c")) {
            throw new IllegalArgumentException(given.name() + " has lengths or first states");
        }
        return switch (given.operator()) {
            case "LSTM" -> unrolled(given, direction -> lstm(given, direction));
            case "GRU" -> unrolled(given, direction -> gru(given, direction));
            case "RNN" -> unrolled(given, direction -> elman(given, direction));
            default -> throw new IllegalArgumentException("no such cell: " + given.operator());
        };
    }

    private interface Maker {
        Cell cell(int direction);
    }

    private static Lstm lstm(OnnxCase given, int direction) {
        int[] order = {0, 2, 3, 1}; // theirs: i, o, f, c
        return new Lstm(
                weights(given, "W", direction, order),
                weights(given, "R", direction, order),
                parameter(
                        gates(bias(given, direction, 0), order)
                                .plus(gates(bias(given, direction, 1), order))));
    }

    private static Gru gru(OnnxCase given, int direction) {
        if (given.integer("linear_before_reset", 0) == 1) {
            throw new IllegalArgumentException(given.name() + ": another place of the reset gate");
        }
        int[] order = {1, 0, 2}; // theirs: z, r, h
        return new Gru(
                Gru.Reset.BEFORE,
                weights(given, "W", direction, order),
                weights(given, "R", direction, order),
                parameter(
                        gates(bias(given, direction, 0), order)
                                .plus(gates(bias(given, direction, 1), order))),
                Parameter.full(0, given.integer("hidden_size", 0)));
    }

    private static Elman elman(OnnxCase given, int direction) {
        int[] order = {0};
        return new Elman(
                Elman.Activation.TANH,
                weights(given, "W", direction, order),
                weights(given, "R", direction, order),
                parameter(bias(given, direction, 0).plus(bias(given, direction, 1))));
    }

    /** [directions, gates·hidden, in] gives [in, gates·hidden]. */
    private static Parameter weights(OnnxCase given, String name, int direction, int[] order) {
        Tensor all = given.tensor(name);
        Tensor own = all.slice(0, direction, direction + 1).reshape(all.dim(1), all.dim(2));
        return parameter(gates(own.transpose(), order));
    }

    /** [directions, 2·gates·hidden] gives the first or the second of the two; zeros if none. */
    private static Tensor bias(OnnxCase given, int direction, int which) {
        int width = given.tensor("W").dim(1);
        if (!given.has("B")) {
            return Tensor.zeros(width);
        }
        return given.tensor("B")
                .slice(0, direction, direction + 1)
                .slice(1, which * width, (which + 1) * width)
                .reshape(width);
    }

    /** The gates along the last dimension in another order. */
    private static Tensor gates(Tensor x, int[] order) {
        Tensor[] parts = x.split(order.length);
        return Tensor.concat(
                x.rank() - 1,
                Arrays.stream(order).mapToObj(gate -> parts[gate]).toArray(Tensor[]::new));
    }

    private static Parameter parameter(Tensor x) {
        return Parameter.of(x.toArray(), x.shape().dims());
    }

    private static OnnxAnswer unrolled(OnnxCase given, Maker maker) {
        boolean batchFirst = given.integer("layout", 0) == 1;
        Tensor x = batchFirst ? given.tensor("X") : given.tensor("X").transpose(0, 1);
        int batch = x.dim(0);
        int time = x.dim(1);
        Sequences xs =
                new Sequences(
                        x.reshape(batch * time, x.dim(2)),
                        Layout.even(batch, time)); // [tokens, in]
        String direction = given.text("direction", "forward");
        List<Cell.Unrolled> all = new ArrayList<>();
        List<Cell> cells = new ArrayList<>();
        for (int d = 0; d < given.tensor("W").dim(0); d++) {
            Cell cell = maker.cell(d);
            cells.add(cell);
            all.add(cell.unroll(xs, cell.start(batch), d == 1 || direction.equals("reverse")));
        }
        Tensor y =
                stacked(
                        all.stream()
                                .map(u -> u.outputs().rows().reshape(batch, time, 1, -1))
                                .toList(),
                        2); // [batch, time, directions, hidden]
        List<Tensor> hs = new ArrayList<>();
        List<Tensor> cs = new ArrayList<>();
        for (int d = 0; d < all.size(); d++) {
            CellState last = all.get(d).last();
            hs.add(last.h().reshape(1, batch, -1));
            if (last.hasMemory()) {
                cs.add(last.c().reshape(1, batch, -1));
            }
        }
        Map<String, Tensor> outputs = new LinkedHashMap<>();
        outputs.put("Y", batchFirst ? y : y.transpose(0, 1).transpose(1, 2));
        outputs.put("Y_h", states(hs, batchFirst));
        if (!cs.isEmpty()) {
            outputs.put("Y_c", states(cs, batchFirst));
        }
        return new Computed(cells.getFirst().getClass().getSimpleName() + ".unroll", outputs);
    }

    /** [directions, batch, hidden], or the batch first. */
    private static Tensor states(List<Tensor> states, boolean batchFirst) {
        Tensor all = stacked(states, 0);
        return batchFirst ? all.transpose(0, 1) : all;
    }

    private static Tensor stacked(List<Tensor> parts, int dim) {
        return Tensor.concat(dim, parts.toArray(Tensor[]::new));
    }
}
