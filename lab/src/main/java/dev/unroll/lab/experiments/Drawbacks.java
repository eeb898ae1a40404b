package dev.unroll.lab.experiments;

import dev.unroll.backend.Backends;
import dev.unroll.chart.Axis;
import dev.unroll.chart.Line;
import dev.unroll.chart.LineChart;
import dev.unroll.lab.Experiment;
import dev.unroll.lab.Finding;
import dev.unroll.lab.Trials;
import dev.unroll.lab.kit.PassTime;
import dev.unroll.lab.kit.Rewriter;
import dev.unroll.lab.kit.Rewriting;
import dev.unroll.lab.kit.Stopwatch;
import java.util.ArrayList;
import java.util.List;

/** What a state of fixed size loses, and what steps cost that wait for each other. */
public final class Drawbacks implements Experiment {
    @Override
    public String name() {
        return "drawbacks";
    }

    @Override
    public Finding run(Trials trials) {
        int[] digits = trials.pick(new int[] {3, 6, 9, 12, 15, 18}, new int[] {3, 12});
        Line copied =
                Rewriter.byLength("GRU, 32 numbers", Rewriting.COPY, false, 32, digits, trials);
        int[] side = trials.pick(new int[] {1, 2, 4, 8, 16, 32, 64, 128}, new int[] {1, 128});
        Stopwatch watch = new Stopwatch(trials.quick() ? 0.2 : 2, 9);
        List<Line> times = new ArrayList<>();
        for (String kind : List.of("elman", "lstm", "gru")) {
            times.add(PassTime.bySequences(kind, side, watch));
        }
        Line lstm = times.get(1);
        double alone = lstm.points().getFirst().y();
        return new Finding()
                .chart(
                        "drawbacks-state",
                        new LineChart(
                                "First: a state of fixed size",
                                Axis.linear("digits to be kept"),
                                Axis.linear("digits that are right, %"),
                                List.of(copied)))
                .chart(
                        "drawbacks-waiting",
                        new LineChart(
                                "Second: steps that wait for each other",
                                Axis.powersOfTwo("sequences read side by side"),
                                Axis.logarithmic("microseconds a token, training"),
                                times))
                .number("short", copied.points().getFirst().y())
                .number("long", copied.end())
                .number("digits", "" + trials.pick(18, 12))
                .number("alone", alone)
                .number("together", lstm.end())
                .number("ratio", alone / lstm.end())
                .number("cores", "" + Backends.current().threads())
                .effect(
                        "Of many digits less than half as large a share comes back as of three",
                        copied.end() < copied.points().getFirst().y() / 2)
                .timedEffect(
                        "A token of one sequence takes an LSTM longer than one of 128 sequences side by side",
                        lstm.points().getFirst().low() > lstm.points().getLast().low());
    }
}
