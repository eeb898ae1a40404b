package dev.unroll.lab.experiments;

import dev.unroll.chart.Axis;
import dev.unroll.chart.BarChart;
import dev.unroll.lab.Experiment;
import dev.unroll.lab.Finding;
import dev.unroll.lab.Spread;
import dev.unroll.lab.Trials;
import dev.unroll.lab.kit.Rewriter;
import dev.unroll.lab.kit.Rewriting;
import dev.unroll.lab.kit.SymbolTask;
import java.util.ArrayList;
import java.util.List;

/** One cell, a GRU, in the four shapes of input and output. */
public final class Shapes implements Experiment {
    @Override
    public String name() {
        return "shapes";
    }

    @Override
    public Finding run(Trials trials) {
        int steps = trials.pick(600, 300);
        var majority = trials.measure(s -> SymbolTask.MAJORITY.accuracy("gru", steps, s));
        var spelling = trials.measure(s -> SymbolTask.SPELLING.accuracy("gru", steps, s));
        var parity = trials.measure(s -> SymbolTask.PARITY.accuracy("gru", steps, s));
        var reverse =
                trials.measure(
                        s ->
                                Rewriter.trained(Rewriting.REVERSE, false, 64, 6, steps, s)
                                        .accuracy(6, 200, s));
        var rows =
                List.of(
                        new Row("many to one", "12 bits: are most of them 1?", majority, 50),
                        new Row("one to many", "a number: spell its word", spelling, 25),
                        new Row("many to many, aligned", "12 bits: parity so far", parity, 50),
                        new Row("many to many, shifted", "6 digits: say backwards", reverse, 10));
        List<BarChart.Bar> bars = new ArrayList<>();
        Finding finding = new Finding();
        for (Row row : rows) {
            bars.add(row.accuracy.bar(row.shape));
            bars.add(new BarChart.Bar("a guess", row.guess));
            finding.number(row.shape.replaceAll("[^a-z]+", "-"), row.accuracy.median())
                    .effect(
                            "The GRU learns %s well above a guess".formatted(row.shape),
                            row.accuracy.low() > row.guess + 20);
        }
        return finding.table(
                        List.of("shape", "task", "right, %", "a guess, %"),
                        rows.stream().map(Row::written).toList())
                .chart(
                        "shapes",
                        new BarChart("One cell, four shapes", Axis.linear("right, %"), bars));
    }

    private record Row(String shape, String task, Spread accuracy, double guess) {
        List<String> written() {
            return List.of(shape, task, accuracy.written(), Finding.digits(guess));
        }
    }
}
