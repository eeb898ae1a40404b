package dev.unroll.onnx.export;

import dev.unroll.onnx.OnnxType;

/**
 * A batch of sequences of different lengths, filled up behind their ends to the longest: what ONNX
 * has where Unroll lays sequences end to end.
 *
 * @param time the longest, one whole number
 * @param positions 0 to time − 1
 * @param lengths [batch], whole numbers
 * @param inside [batch, time]: whether a place is no filling
 */
record Padded(String time, String positions, String lengths, String inside) {

    /**
     * A batch of which the graph knows a value and the lengths.
     *
     * @param like [batch, time, ..]
     */
    static Padded of(GraphBuilder g, String like, String lengths) {
        String time = g.size(like, 1);
        String positions = g.range(g.whole(0), time);
        String inside = g.binary("Less", positions, g.unsqueeze(lengths, 1)); // [batch, time]
        return new Padded(time, positions, lengths, inside);
    }

    /** 1 inside and 0 in the filling, [batch, time, 1]. */
    String ones(GraphBuilder g) {
        return g.unsqueeze(g.cast(inside, OnnxType.FLOAT), 2);
    }

    /** The row of each sequence's last place: x [batch, time, width] gives [batch, width]. */
    String last(GraphBuilder g, String x) {
        String end = g.binary("Sub", g.unsqueeze(lengths, 1), g.whole(1)); // [batch, 1]
        String there = g.cast(g.binary("Equal", positions, end), OnnxType.FLOAT);
        return g.sum(g.binary("Mul", x, g.unsqueeze(there, 2)), 1);
    }

    /** The mean of each sequence's rows, zeros for no rows: [batch, width]. */
    String mean(GraphBuilder g, String x) {
        String sum = g.sum(g.binary("Mul", x, ones(g)), 1);
        String count = g.binary("Max", g.cast(lengths, OnnxType.FLOAT), g.scalar(1));
        return g.binary("Div", sum, g.unsqueeze(count, 1));
    }
}
