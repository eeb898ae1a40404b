package dev.unroll.onnx;

import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.Dropout;
import dev.unroll.nn.recurrent.Cell;
import dev.unroll.nn.recurrent.Elman;
import dev.unroll.nn.recurrent.Gru;
import dev.unroll.nn.recurrent.Lstm;
import dev.unroll.nn.recurrent.Recurrent;
import dev.unroll.tensor.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Cells out of the nodes LSTM, GRU and RNN, whose weights lie [directions, gates·hidden, input],
 * [directions, gates·hidden, hidden] and [directions, 2·gates·hidden].
 */
public final class OnnxCells {
    private OnnxCells() {}

    /**
     * The cells of a recurrent node.
     *
     * @param node which was read
     * @param forward reads from the first step on; null if none does
     * @param backward reads from the last step back; null if none does
     */
    public record Directions(OnnxNode node, @Nullable Cell forward, @Nullable Cell backward) {}

    /** The gates of ONNX, in the order of Unroll's: i, f, g, o of i, o, f, c. */
    private static final int[] LSTM = {0, 2, 3, 1};

    /** r, z, n of z, r, h. */
    private static final int[] GRU = {1, 0, 2};

    private static final int[] ELMAN = {0};

    static Recurrent stack(List<Directions> layers) {
        List<Cell> forward =
                layers.stream().map(layer -> Objects.requireNonNull(layer.forward())).toList();
        List<Cell> backward = new ArrayList<>();
        for (Directions layer : layers) {
            if (layer.backward() != null) {
                backward.add(layer.backward());
            }
        }
        List<Dropout> dropouts = new ArrayList<>();
        for (int l = 1; l < layers.size(); l++) {
            dropouts.add(Dropout.of(0, new Seed(0)));
        }
        return new Recurrent(forward, backward, dropouts);
    }

    static Directions of(OnnxConstants constants, OnnxNode node) {
        int[] order =
                switch (node.operator()) {
                    case "LSTM" -> LSTM;
                    case "GRU" -> GRU;
                    case "RNN" -> ELMAN;
                    default -> throw new OnnxException(node + " is no LSTM, GRU or RNN");
                };
        refuse(node);
        OnnxConstants.Folded w = constants.get(node.input(1).orElse(""), "the weights of " + node);
        OnnxConstants.Folded r =
                constants.get(node.input(2).orElse(""), "the recurrent weights of " + node);
        String direction = node.text("direction", "forward");
        int directions = direction.equals("bidirectional") ? 2 : 1;
        if (w.shape().length != 3 || r.shape().length != 3) {
            throw new OnnxException(node + " has weights that are no three dimensions");
        }
        int hidden = r.shape()[2];
        int input = w.shape()[2];
        int gates = order.length * hidden;
        w.requireShape("the weights of " + node, directions, gates, input);
        r.requireShape("the recurrent weights of " + node, directions, gates, hidden);
        float[] bias =
                node.input(3)
                        .map(name -> constants.get(name, "the biases of " + node))
                        .map(b -> b.requireShape("the biases of " + node, directions, 2 * gates))
                        .map(OnnxConstants.Folded::values)
                        .orElseGet(() -> new float[directions * 2 * gates]);
        List<Cell> cells = new ArrayList<>();
        for (int d = 0; d < directions; d++) {
            cells.add(new Reader(node, order, input, hidden, d).cell(w.values(), r.values(), bias));
        }
        return switch (direction) {
            case "forward" -> new Directions(node, cells.getFirst(), null);
            case "reverse" -> new Directions(node, null, cells.getFirst());
            case "bidirectional" -> new Directions(node, cells.getFirst(), cells.getLast());
            default -> throw new OnnxException("%s reads '%s'".formatted(node, direction));
        };
    }

    private static void refuse(OnnxNode node) {
        if (node.attributes().containsKey("clip")) {
            throw new OnnxException(node + " clips its sums, which Unroll's cells do not");
        }
        if (node.whole("input_forget", 0) != 0) {
            throw new OnnxException(
                    node + " couples input and forget gate (input_forget), which is not read");
        }
        if (node.input(7).isPresent()) {
            throw new OnnxException(node + " has peepholes, which Unroll's LSTM has not");
        }
        List<String> functions =
                node.texts("activations", List.of()).stream()
                        .map(f -> f.toLowerCase(Locale.ROOT))
                        .distinct()
                        .sorted()
                        .toList();
        if (!node.operator().equals("RNN")
                && !(functions.isEmpty() || functions.equals(List.of("sigmoid", "tanh")))) {
            throw new OnnxException(
                    "%s has the functions %s, not sigmoid and tanh".formatted(node, functions));
        }
    }

    /** One direction of a node. */
    private record Reader(OnnxNode node, int[] order, int input, int hidden, int direction) {

        Cell cell(float[] w, float[] r, float[] b) {
            int gates = order.length * hidden;
            Parameter wx = Parameter.of(matrix(w, input), input, gates);
            Parameter wh = Parameter.of(matrix(r, hidden), hidden, gates);
            float[] ofInput = gates(b, direction * 2 * gates);
            float[] ofState = gates(b, direction * 2 * gates + gates);
            if (node.operator().equals("GRU")) {
                return gru(wx, wh, ofInput, ofState);
            }
            for (int i = 0; i < gates; i++) {
                ofInput[i] += ofState[i];
            }
            Parameter bias = Parameter.of(ofInput, gates);
            return node.operator().equals("LSTM")
                    ? new Lstm(wx, wh, bias)
                    : new Elman(function(), wx, wh, bias);
        }

        private Gru gru(Parameter wx, Parameter wh, float[] ofInput, float[] ofState) {
            boolean after = node.whole("linear_before_reset", 0) != 0;
            int shared = after ? 2 * hidden : 3 * hidden;
            for (int i = 0; i < shared; i++) {
                ofInput[i] += ofState[i];
            }
            float[] own =
                    after ? Arrays.copyOfRange(ofState, 2 * hidden, 3 * hidden) : new float[hidden];
            return new Gru(
                    after ? Gru.Reset.AFTER : Gru.Reset.BEFORE,
                    wx,
                    wh,
                    Parameter.of(ofInput, 3 * hidden),
                    Parameter.of(own, hidden));
        }

        private Elman.Activation function() {
            List<String> names = node.texts("activations", List.of("Tanh", "Tanh"));
            String name = names.size() > direction ? names.get(direction) : "Tanh";
            return switch (name.toLowerCase(Locale.ROOT)) {
                case "tanh" -> Elman.Activation.TANH;
                case "relu" -> Elman.Activation.RELU;
                case "sigmoid" -> Elman.Activation.SIGMOID;
                default ->
                        throw new OnnxException(
                                "%s has the function %s, not tanh, ReLU or sigmoid"
                                        .formatted(node, name));
            };
        }

        /** [gates·hidden, columns] of this direction as [columns, gates·hidden] in our order. */
        private float[] matrix(float[] all, int columns) {
            int rows = order.length * hidden;
            float[] ours = new float[rows * columns];
            int from = direction * rows * columns;
            for (int g = 0; g < order.length; g++) {
                System.arraycopy(
                        all,
                        from + order[g] * hidden * columns,
                        ours,
                        g * hidden * columns,
                        hidden * columns);
            }
            return transpose(ours, rows, columns);
        }

        private float[] gates(float[] all, int from) {
            float[] ours = new float[order.length * hidden];
            for (int g = 0; g < order.length; g++) {
                System.arraycopy(all, from + order[g] * hidden, ours, g * hidden, hidden);
            }
            return ours;
        }
    }

    /** [rows, columns] to [columns, rows]. */
    static float[] transpose(float[] from, int rows, int columns) {
        float[] to = new float[from.length];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                to[c * rows + r] = from[r * columns + c];
            }
        }
        return to;
    }
}
