package dev.unroll.onnx.export;

import dev.unroll.nn.attention.Alignment;
import dev.unroll.nn.models.RecurrentSequenceDecoder;
import dev.unroll.nn.recurrent.Cell;
import dev.unroll.onnx.OnnxType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A recurrent network that writes. */
final class ExportedRecurrentDecoder {
    private ExportedRecurrentDecoder() {}

    /**
     * What is known of what was read.
     *
     * @param rows [batch, from, width]; null if only the summary is seen
     * @param inside [batch, from]; null if nothing is filled up
     * @param first where the layers start from
     * @param summary [batch, hidden]; null if the rows are seen
     */
    record Known(
            @Nullable String rows,
            @Nullable String inside,
            List<ExportedCells.State> first,
            @Nullable String summary) {}

    static Known known(
            GraphBuilder g, RecurrentSequenceDecoder d, ExportedTranslation.Source read) {
        List<String> ends = ends(g, d, read);
        List<ExportedCells.State> first = new ArrayList<>();
        String top = "";
        for (int l = 0; l < d.layers().layers(); l++) {
            int layer = l;
            top =
                    g.unary(
                            "Tanh",
                            g.at(
                                    "bridge." + l,
                                    () ->
                                            ExportedLayers.linear(
                                                    g, d.bridges().get(layer), ends.get(layer))));
            Cell cell = d.layers().forward().get(l);
            if (cell.memory() != 0 && cell.memory() != cell.hidden()) {
                throw OnnxExportException.unknown("cell", cell);
            }
            first.add(new ExportedCells.State(top, cell.memory() == 0 ? null : top));
        }
        Padded padded = read.padded();
        return new Known(read.rows(), padded == null ? null : padded.inside(), first, top);
    }

    private static List<String> ends(
            GraphBuilder g, RecurrentSequenceDecoder d, ExportedTranslation.Source read) {
        int layers = d.layers().layers();
        if (read.last().isEmpty()) {
            int width = d.bridges().getFirst().in();
            Padded padded = read.padded();
            String mean =
                    padded == null
                            ? g.reshape(ExportedImages.mean(g, read.rows()), 0, width)
                            : padded.mean(g, read.rows());
            return Collections.nCopies(layers, mean);
        }
        return read.last().size() == layers
                ? read.last()
                : Collections.nCopies(layers, read.last().getLast());
    }

    static void output(GraphBuilder g, RecurrentSequenceDecoder d, Known known) {
        if (d.alignment() == null) {
            g.output(summary(known), "summary", OnnxType.FLOAT, "batch", "hidden");
        } else {
            g.output(rows(known), "rows", OnnxType.FLOAT, "batch", "from", "width");
        }
        ExportedWriters.statesAfter(g, known.first, "_");
    }

    private static String rows(Known known) {
        return Objects.requireNonNull(known.rows);
    }

    private static String summary(Known known) {
        return Objects.requireNonNull(known.summary);
    }

    static Known input(GraphBuilder g, RecurrentSequenceDecoder d, @Nullable String lengths) {
        List<ExportedCells.State> states = ExportedWriters.states(g, d.layers());
        if (d.alignment() == null) {
            int hidden = d.layers().forward().getLast().hidden();
            String summary = g.input("summary", OnnxType.FLOAT, "batch", hidden);
            return new Known(null, null, states, summary);
        }
        int width = d.bridges().getFirst().in();
        String rows = g.input("rows", OnnxType.FLOAT, "batch", "from", width);
        String inside = lengths == null ? null : Padded.of(g, rows, lengths).inside();
        return new Known(rows, inside, states, null);
    }

    /** Adds the logits of tokens behind a state. {@return the states after them} */
    static List<ExportedCells.State> step(
            GraphBuilder g, RecurrentSequenceDecoder d, String ids, Known known) {
        String embedded = ExportedLayers.embedding(g, d.embedding(), ids);
        Alignment alignment = d.alignment();
        String x =
                alignment == null
                        ? g.concat(2, List.of(embedded, spread(g, summary(known), embedded)))
                        : embedded;
        ExportedCells.Read read = ExportedCells.read(g, d.layers(), x, null, known.first);
        String h = read.rows();
        String context =
                alignment == null
                        ? spread(g, summary(known), h)
                        : g.at("alignment", () -> context(g, alignment, h, known));
        String seen = g.concat(2, List.of(context, h));
        String combined =
                g.unary("Tanh", g.at("combine", () -> ExportedLayers.linear(g, d.combine(), seen)));
        ExportedWriters.logits(g, d.output(), combined);
        return read.forward();
    }

    /** A row for each sequence, [batch, n], at each place of like [batch, time, ..]. */
    private static String spread(GraphBuilder g, String row, String like) {
        String places = g.slice(g.unary("Shape", like), 0, 0, 2);
        String width = g.slice(g.unary("Shape", row), 0, 1, 2);
        return g.binary("Expand", g.unsqueeze(row, 1), g.concat(0, List.of(places, width)));
    }

    private static String context(GraphBuilder g, Alignment alignment, String h, Known known) {
        String rows = rows(known);
        String scores =
                switch (alignment) {
                    case Alignment.Dot _ -> dot(g, h, rows);
                    case Alignment.General general ->
                            dot(g, g.binary("MatMul", h, g.parameter(general.weight())), rows);
                    case Alignment.Additive additive -> {
                        String q = ExportedLayers.linear(g, additive.query(), h);
                        String k = ExportedLayers.linear(g, additive.key(), rows);
                        String sum = g.binary("Add", g.unsqueeze(q, 2), g.unsqueeze(k, 1));
                        String score =
                                g.binary(
                                        "MatMul",
                                        g.unary("Tanh", sum),
                                        g.parameter(additive.score())); // [batch, to, from, 1]
                        yield g.binary("Squeeze", score, g.wholes(3));
                    }
                    default -> throw OnnxExportException.unknown("alignment", alignment);
                };
        if (known.inside != null) {
            String seen = g.unsqueeze(known.inside, 1);
            scores = g.add("Where", List.of(seen, scores, g.scalar(-1e9)));
        }
        return g.binary("MatMul", g.softmax(scores, -1), rows);
    }

    private static String dot(GraphBuilder g, String h, String rows) {
        return g.binary("MatMul", h, g.transpose(rows, 0, 2, 1));
    }
}
