package dev.unroll.lab.experiments;

import dev.unroll.backend.Backends;
import dev.unroll.chart.Axis;
import dev.unroll.chart.BarChart;
import dev.unroll.chart.Line;
import dev.unroll.chart.LineChart;
import dev.unroll.lab.Experiment;
import dev.unroll.lab.Finding;
import dev.unroll.lab.Spread;
import dev.unroll.lab.Trials;
import dev.unroll.lab.kit.Stopwatch;
import dev.unroll.lab.kit.TokenTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/** The time of a token when language models are trained, and when they write. */
public final class OneAfterAnother implements Experiment {
    private static final List<String> KINDS = List.of("elman", "lstm", "mingru", "transformer");

    @Override
    public String name() {
        return "one-after-another";
    }

    @Override
    public Finding run(Trials trials) {
        int[] lengths = trials.pick(new int[] {16, 64, 256, 1024, 2048}, new int[] {16, 2048});
        int[] written = trials.pick(new int[] {64, 256, 1024}, new int[] {64, 1024});
        Stopwatch watch = new Stopwatch(trials.quick() ? 0.2 : 2, trials.pick(7, 3));
        Finding finding = new Finding().number("cores", "" + Backends.current().threads());
        List<Line> training = new ArrayList<>();
        List<Line> writing = new ArrayList<>();
        List<BarChart.Bar> gains = new ArrayList<>();
        for (String kind : KINDS) {
            TokenTime all = TokenTime.of(kind, watch);
            TokenTime one = all.onOneThread();
            Line trained = line(kind, lengths, all::training);
            Line said = line(kind, written, all::writing);
            double gain = gain(one.training(2048), trained);
            double writingGain = gain(one.writing(1024), said);
            training.add(trained);
            writing.add(said);
            gains.add(new BarChart.Bar(kind + ", training", gain));
            gains.add(new BarChart.Bar(kind + ", writing", writingGain));
            finding.number(kind + ".short", trained.points().getFirst().y())
                    .number(kind + ".long", trained.end())
                    .number(kind + ".written", said.end())
                    .number(kind + ".gain", gain)
                    .number(kind + ".writing-gain", writingGain);
        }
        Line again = line("no cache", written, length -> TokenTime.writingAnew(length, watch));
        Line cached = writing.getLast();
        writing.add(again);
        Axis x = Axis.powersOfTwo("length of a sequence, tokens");
        Axis us = Axis.logarithmic("microseconds a token");
        Axis times = Axis.linear("times as fast as on one thread");
        return finding.chart(
                        "one-training", new LineChart("Training on 2,048 tokens", x, us, training))
                .chart("one-writing", new LineChart("Writing", x, us, writing))
                .chart("one-cores", new BarChart("What all threads gain", times, gains))
                .number("no-cache", again.end())
                .number("cache.gain", again.end() / cached.end())
                .timedEffect(
                        "At 1,024 tokens writing without a cache takes at least 3 times as long a token as with it",
                        low(again) > 3 * low(cached))
                .timedEffect(
                        "An LSTM trains longer on one long sequence than on as many tokens in 128 short ones",
                        low(training.get(1)) > training.get(1).points().getFirst().low())
                .timedEffect(
                        "On one long sequence a minGRU trains faster than an LSTM",
                        low(training.get(2)) < low(training.get(1)));
    }

    private static Line line(String label, int[] lengths, IntFunction<Spread> time) {
        return new Line(label, Arrays.stream(lengths).mapToObj(n -> time.apply(n).at(n)).toList());
    }

    /**
     * How many times as fast the end of a line is: by the fastest rounds, which nothing disturbed.
     */
    private static double gain(Spread oneThread, Line allThreads) {
        return oneThread.low() / low(allThreads);
    }

    private static double low(Line line) {
        return line.points().getLast().low();
    }
}
