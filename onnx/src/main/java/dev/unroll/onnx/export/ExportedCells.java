package dev.unroll.onnx.export;

import dev.unroll.nn.recurrent.Cell;
import dev.unroll.nn.recurrent.Elman;
import dev.unroll.nn.recurrent.Gru;
import dev.unroll.nn.recurrent.LinearCell;
import dev.unroll.nn.recurrent.Lstm;
import dev.unroll.nn.recurrent.MinGru;
import dev.unroll.nn.recurrent.MinLstm;
import dev.unroll.nn.recurrent.Recurrent;
import dev.unroll.onnx.OnnxType;
import dev.unroll.tensor.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Recurrent layers as the nodes LSTM, GRU and RNN; cells whose gates do not see the state as a
 * Scan. Within, sequences are [time, batch, width].
 */
final class ExportedCells {
    /** Unroll's gates in the order of ONNX's: i, o, f, c of i, f, g, o. */
    private static final int[] LSTM = {0, 3, 1, 2};

    /** z, r, h of r, z, n. */
    private static final int[] GRU = {1, 0, 2};

    private static final int[] ELMAN = {0};

    private ExportedCells() {}

    /**
     * The state of a layer.
     *
     * @param h [batch, hidden]
     * @param c the LSTM's memory, [batch, hidden]; null for other cells
     */
    record State(String h, @Nullable String c) {}

    /**
     * The result of reading.
     *
     * @param rows [batch, time, width]
     * @param forward the last state of each layer
     * @param backward the same of the cells that read backwards; none if none do
     */
    record Read(String rows, List<State> forward, List<State> backward) {}

    /** The width of the rows that a stack reads. */
    static int input(Recurrent stack) {
        Cell first = stack.forward().getFirst();
        return first instanceof LinearCell linear
                ? linear.w().shape().dim(0)
                : Weights.of(first).input;
    }

    /**
     * Reads whole sequences.
     *
     * @param x [batch, time, input]
     * @param padded the batch; null if no sequence is filled up
     * @param first states of the layers, which then read forward alone; empty for zeros
     */
    static Read read(
            GraphBuilder g, Recurrent stack, String x, @Nullable Padded padded, List<State> first) {
        String y = g.transpose(x, 1, 0, 2);
        List<State> forward = new ArrayList<>();
        List<State> backward = new ArrayList<>();
        for (int l = 0; l < stack.layers(); l++) {
            int layer = l;
            String in = y;
            State start = first.isEmpty() ? null : first.get(l);
            y =
                    g.at(
                            "layer." + l,
                            () -> {
                                Cell right = stack.forward().get(layer);
                                Cell left =
                                        stack.bidirectional() ? stack.backward().get(layer) : null;
                                return right instanceof LinearCell
                                        ? scans(
                                                g, right, left, in, padded, start, forward,
                                                backward)
                                        : node(
                                                g, right, left, in, padded, start, forward,
                                                backward);
                            });
        }
        return new Read(g.transpose(y, 1, 0, 2), forward, backward);
    }

    private static String node(
            GraphBuilder g,
            Cell right,
            @Nullable Cell left,
            String x,
            @Nullable Padded padded,
            @Nullable State first,
            List<State> forward,
            List<State> backward) {
        List<Weights> cells = new ArrayList<>(List.of(Weights.of(right)));
        if (left != null) {
            cells.add(Weights.of(left));
        }
        Weights w = cells.getFirst();
        if (!cells.getLast().operator.equals(w.operator)) {
            throw new OnnxExportException(
                    "a layer that reads by a %s forward and by a %s backward has no node in ONNX"
                            .formatted(w.operator, cells.getLast().operator));
        }
        int directions = cells.size();
        int gates = w.order.length * w.hidden;
        List<String> inputs = new ArrayList<>();
        inputs.add(x);
        inputs.add(side(g, "W", cells, Weights::ofInput, directions, gates, w.input));
        inputs.add(side(g, "R", cells, Weights::ofState, directions, gates, w.hidden));
        inputs.add(side(g, "B", cells, Weights::biases, directions, 2 * gates));
        inputs.add(padded == null ? "" : g.cast(padded.lengths(), OnnxType.INT32));
        boolean lstm = w.operator.equals("LSTM");
        if (first != null) {
            inputs.add(g.unsqueeze(first.h, 0));
            if (lstm) {
                inputs.add(g.unsqueeze(Objects.requireNonNull(first.c), 0));
            }
        }
        List<GraphBuilder.Attribute> attributes = new ArrayList<>();
        attributes.add(GraphBuilder.Attribute.of("hidden_size", w.hidden));
        attributes.add(
                GraphBuilder.Attribute.of(
                        "direction", directions == 2 ? "bidirectional" : "forward"));
        if (w.operator.equals("RNN")) {
            attributes.add(
                    GraphBuilder.Attribute.of(
                            "activations", cells.stream().map(Weights::function).toList()));
        }
        if (w.operator.equals("GRU")) {
            attributes.add(GraphBuilder.Attribute.of("linear_before_reset", w.after ? 1 : 0));
        }
        List<String> y =
                g.add(
                        w.operator,
                        lstm ? 3 : 2,
                        inputs,
                        attributes.toArray(GraphBuilder.Attribute[]::new));
        for (int d = 0; d < directions; d++) {
            String h = g.binary("Gather", y.get(1), g.whole(d));
            String c = lstm ? g.binary("Gather", y.get(2), g.whole(d)) : null;
            (d == 0 ? forward : backward).add(new State(h, c));
        }
        String side = g.transpose(y.getFirst(), 0, 2, 1, 3); // [time, batch, directions, hidden]
        return g.reshape(side, 0, 0, (long) directions * w.hidden);
    }

    private static String side(
            GraphBuilder g,
            String name,
            List<Weights> cells,
            Function<Weights, float[]> of,
            int... dims) {
        List<float[]> parts = cells.stream().map(of).toList();
        float[] all = new float[parts.stream().mapToInt(p -> p.length).sum()];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return g.constant(name, all, dims);
    }

    /** h′ = keep ⊙ h + add, one cell a direction. */
    private static String scans(
            GraphBuilder g,
            Cell right,
            @Nullable Cell left,
            String x,
            @Nullable Padded padded,
            @Nullable State first,
            List<State> forward,
            List<State> backward) {
        List<String> rows = new ArrayList<>();
        for (Cell cell : left == null ? List.of(right) : List.of(right, left)) {
            boolean back = !rows.isEmpty();
            int hidden = cell.hidden();
            String in = back ? reversed(g, x, padded) : x;
            String[] terms = terms(g, cell, in);
            if (padded != null) { // behind the end nothing changes, so the last state is the last
                String inside = g.unsqueeze(g.transpose(padded.inside(), 1, 0), 2);
                terms[0] = g.add("Where", List.of(inside, terms[0], g.scalar(1)));
                terms[1] = g.add("Where", List.of(inside, terms[1], g.scalar(0)));
            }
            String start = first == null ? zeros(g, x, hidden) : first.h;
            GraphBuilder body = g.inner("scan");
            String h = body.input(start + "_h", OnnxType.FLOAT, "batch", hidden);
            String keep = body.input(terms[0] + "_step", OnnxType.FLOAT, "batch", hidden);
            String add = body.input(terms[1] + "_step", OnnxType.FLOAT, "batch", hidden);
            String next = body.binary("Add", body.binary("Mul", keep, h), add);
            body.output(next, start + "_after", OnnxType.FLOAT, "batch", hidden);
            body.output(next, start + "_seen", OnnxType.FLOAT, "batch", hidden);
            List<String> y =
                    g.add(
                            "Scan",
                            2,
                            List.of(start, terms[0], terms[1]),
                            GraphBuilder.Attribute.of("body", body),
                            GraphBuilder.Attribute.of("num_scan_inputs", 2));
            (back ? backward : forward).add(new State(y.getFirst(), null));
            rows.add(back ? reversed(g, y.get(1), padded) : y.get(1));
        }
        return rows.size() == 1 ? rows.getFirst() : g.concat(2, rows);
    }

    private static String zeros(GraphBuilder g, String x, int hidden) {
        String batch = g.slice(g.unary("Shape", x), 0, 1, 2);
        return g.binary("Expand", g.scalar(0), g.concat(0, List.of(batch, g.wholes(hidden))));
    }

    private static String reversed(GraphBuilder g, String x, @Nullable Padded padded) {
        if (padded == null) {
            throw new IllegalStateException("sequences are read backwards with their lengths");
        }
        return g.add(
                "ReverseSequence",
                List.of(x, padded.lengths()),
                GraphBuilder.Attribute.of("batch_axis", 1),
                GraphBuilder.Attribute.of("time_axis", 0));
    }

    /** What each step keeps of the state, and what it adds. */
    private static String[] terms(GraphBuilder g, Cell cell, String x) {
        return switch (cell) {
            case MinGru gru -> {
                List<String> z = sums(g, gru, x, 2);
                String update = g.unary("Sigmoid", z.get(0));
                String keep = g.binary("Sub", g.scalar(1), update);
                yield new String[] {keep, g.binary("Mul", update, z.get(1))};
            }
            case MinLstm lstm -> {
                List<String> z = sums(g, lstm, x, 3);
                String f = g.unary("Sigmoid", z.get(0));
                String both = g.binary("Add", f, g.unary("Sigmoid", z.get(1)));
                String keep = g.binary("Div", f, g.binary("Add", both, g.scalar(1e-30)));
                String rest = g.binary("Sub", g.scalar(1), keep);
                yield new String[] {keep, g.binary("Mul", rest, z.get(2))};
            }
            default -> throw OnnxExportException.unknown("cell", cell);
        };
    }

    private static List<String> sums(GraphBuilder g, LinearCell cell, String x, int parts) {
        String sums =
                g.binary(
                        "Add", g.binary("MatMul", x, g.parameter(cell.w())), g.parameter(cell.b()));
        List<String> all = new ArrayList<>();
        for (int p = 0; p < parts; p++) {
            all.add(g.slice(sums, 2, (long) p * cell.hidden(), (p + 1L) * cell.hidden()));
        }
        return all;
    }

    /** A cell's weights in ONNX's order. */
    private record Weights(
            String operator,
            int[] order,
            int input,
            int hidden,
            Parameter wx,
            Parameter wh,
            Parameter b,
            @Nullable Parameter own,
            boolean after,
            String function) {

        static Weights of(Cell cell) {
            return switch (cell) {
                case Lstm c -> of("LSTM", LSTM, c.wx(), c.wh(), c.b(), null, false, "");
                case Gru c ->
                        of(
                                "GRU",
                                GRU,
                                c.wx(),
                                c.wh(),
                                c.b(),
                                c.bhn(),
                                c.reset() == Gru.Reset.AFTER,
                                "");
                case Elman c ->
                        of(
                                "RNN",
                                ELMAN,
                                c.wx(),
                                c.wh(),
                                c.b(),
                                null,
                                false,
                                switch (c.f()) {
                                    case TANH -> "Tanh";
                                    case RELU -> "Relu";
                                    case SIGMOID -> "Sigmoid";
                                });
                default -> throw OnnxExportException.unknown("cell", cell);
            };
        }

        private static Weights of(
                String operator,
                int[] order,
                Parameter wx,
                Parameter wh,
                Parameter b,
                @Nullable Parameter own,
                boolean after,
                String function) {
            return new Weights(
                    operator,
                    order,
                    wx.shape().dim(0),
                    wh.shape().dim(0),
                    wx,
                    wh,
                    b,
                    own,
                    after,
                    function);
        }

        float[] ofInput() {
            return turned(wx, input);
        }

        float[] ofState() {
            return turned(wh, hidden);
        }

        /** [rows, gates·hidden] to [gates·hidden, rows], the gates in ONNX's order. */
        private float[] turned(Parameter w, int rows) {
            float[] from = w.value().toArray();
            int gates = order.length * hidden;
            float[] to = new float[from.length];
            for (int k = 0; k < order.length; k++) {
                for (int j = 0; j < hidden; j++) {
                    for (int i = 0; i < rows; i++) {
                        to[(k * hidden + j) * rows + i] = from[i * gates + order[k] * hidden + j];
                    }
                }
            }
            return to;
        }

        /** Those of the input, then those of the state, of which only a GRU's candidate has any. */
        float[] biases() {
            float[] from = b.value().toArray();
            int gates = order.length * hidden;
            float[] to = new float[2 * gates];
            for (int k = 0; k < order.length; k++) {
                System.arraycopy(from, order[k] * hidden, to, k * hidden, hidden);
            }
            if (own != null && after) {
                System.arraycopy(own.value().toArray(), 0, to, 2 * gates - hidden, hidden);
            }
            return to;
        }
    }
}
