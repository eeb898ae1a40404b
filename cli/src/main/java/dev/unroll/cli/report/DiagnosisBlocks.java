package dev.unroll.cli.report;

import dev.unroll.chart.Axis;
import dev.unroll.chart.BarChart;
import dev.unroll.chart.BarChart.Bar;
import dev.unroll.chart.HeatMap;
import dev.unroll.chart.Line;
import dev.unroll.chart.Line.Point;
import dev.unroll.page.Block;
import dev.unroll.watch.AttentionMap;
import dev.unroll.watch.Diagnosis;
import dev.unroll.watch.Diagnosis.ActivationShares;
import dev.unroll.watch.Diagnosis.ParameterFlow;
import dev.unroll.watch.SequenceFlow;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The gradients, gates and heads of one run. */
final class DiagnosisBlocks {
    /** Positions of a sequence that an attention map shows. */
    private static final int SIDE = 32;

    /** Attention maps that are seen at once; the others are folded away. */
    private static final int MAPS = 2;

    /** Attention maps in all. */
    private static final int MOST_MAPS = 12;

    private static final int MOST_BARS = 30;

    private final List<Block> blocks = new ArrayList<>();

    /** Before the name of each figure, so that two runs have two of each. */
    private final String prefix;

    private DiagnosisBlocks(String prefix) {
        this.prefix = prefix;
    }

    static List<Block> of(Diagnosis d, List<AttentionMap> attention, String prefix) {
        DiagnosisBlocks made = new DiagnosisBlocks(prefix);
        made.flow(d.sequences());
        made.parameters(d.parameters());
        made.activations(d.activations());
        made.heads(d);
        made.maps(attention);
        return made.blocks;
    }

    private void flow(List<SequenceFlow> all) {
        List<SequenceFlow> recurrent = all.stream().filter(SequenceFlow::recurrent).toList();
        Axis steps = Axis.linear("steps before the last");
        Axis norm = Axis.logarithmic("norm of the gradient");
        Lines.add(
                blocks,
                prefix + "input",
                "How much the loss feels each earlier input, by layer",
                steps,
                norm,
                Lines.spread(all).stream().map(s -> line(s, s.input())).toList());
        Lines.add(
                blocks,
                prefix + "state",
                "How much flows back through the hidden state h",
                steps,
                norm,
                Lines.spread(recurrent).stream().map(s -> line(s, s.state())).toList());
        Lines.add(
                blocks,
                prefix + "memory",
                "How much flows back through the memory c",
                steps,
                norm,
                Lines.spread(recurrent).stream().map(s -> line(s, s.memory())).toList());
    }

    private static Line line(SequenceFlow s, double[] values) {
        return new Line(
                Lines.label(s.layer()),
                IntStream.range(0, values.length).mapToObj(k -> new Point(k, values[k])).toList());
    }

    private void parameters(List<ParameterFlow> parameters) {
        List<Bar> bars =
                parameters.stream()
                        .filter(p -> p.matrix() && p.weight() > 0 && p.gradient() > 0)
                        .limit(MOST_BARS)
                        .map(p -> new Bar(Lines.label(p.name()), p.gradient() / p.weight()))
                        .toList();
        bars(
                "parameters",
                "Gradient divided by weight, by matrix",
                Axis.logarithmic("gradient / weight"),
                bars);
    }

    private void activations(List<ActivationShares> activations) {
        bars(
                "ends",
                "Values at the flat ends of gates and activations",
                Axis.linear("share"),
                activations.stream()
                        .limit(MOST_BARS)
                        .map(a -> new Bar(name(a), Math.min(1, a.low() + a.high())))
                        .toList());
        bars(
                "dead",
                "Dead units",
                Axis.linear("share"),
                activations.stream()
                        .filter(a -> a.dead() > 0)
                        .limit(MOST_BARS)
                        .map(a -> new Bar(name(a), a.deadShare()))
                        .toList());
    }

    private static String name(ActivationShares a) {
        return Lines.label(a.layer()) + " " + a.name().replace(" gate", "");
    }

    private void heads(Diagnosis d) {
        bars(
                "entropy",
                "Entropy of attention: 0 looks at one place, 1 at all alike",
                Axis.linear("entropy"),
                d.heads().stream()
                        .filter(h -> Double.isFinite(h.entropy()))
                        .limit(MOST_BARS)
                        .map(
                                h ->
                                        new Bar(
                                                "%s, head %d"
                                                        .formatted(
                                                                Lines.label(h.layer()),
                                                                h.head() + 1),
                                                h.entropy()))
                        .toList());
    }

    private void bars(String name, String title, Axis axis, List<Bar> bars) {
        if (!bars.isEmpty()) {
            blocks.add(new Block.Figure(prefix + name, new BarChart(title, axis, bars)));
        }
    }

    private void maps(List<AttentionMap> attention) {
        List<Block> folded = new ArrayList<>();
        int shown = 0;
        for (AttentionMap map : attention) {
            if (shown == MOST_MAPS || map.weights().length == 0 || map.weights()[0].length == 0) {
                continue;
            }
            Block figure = new Block.Figure(prefix + "map-" + shown, heatMap(map));
            (shown < MAPS ? blocks : folded).add(figure);
            shown++;
        }
        if (!folded.isEmpty()) {
            blocks.add(new Block.Folded("More attention maps", folded));
        }
    }

    private static HeatMap heatMap(AttentionMap map) {
        int queries = Math.min(SIDE, map.weights().length);
        int keys = Math.min(SIDE, map.weights()[0].length);
        double[][] values = new double[queries][keys];
        for (int q = 0; q < queries; q++) {
            for (int k = 0; k < keys; k++) {
                values[q][k] = map.weights()[q][k];
            }
        }
        return new HeatMap(
                "Attention: %s, head %d".formatted(Lines.label(map.layer()), map.head() + 1),
                "position that is looked at",
                "position that looks",
                numbered(keys),
                numbered(queries),
                values);
    }

    private static List<String> numbered(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(Integer::toString).toList();
    }
}
