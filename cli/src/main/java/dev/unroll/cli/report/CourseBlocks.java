package dev.unroll.cli.report;

import dev.unroll.chart.Axis;
import dev.unroll.chart.Line;
import dev.unroll.chart.Line.Point;
import dev.unroll.page.Block;
import dev.unroll.tasks.run.TrainingCourse.Step;
import dev.unroll.watch.Diagnosis;
import dev.unroll.watch.Diagnosis.ParameterFlow;
import dev.unroll.watch.SequenceFlow;
import dev.unroll.watch.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** The curves of runs side by side. */
final class CourseBlocks {
    private static final Axis STEPS = Axis.linear("training step");

    private CourseBlocks() {}

    static List<Block> of(List<RunRecord> runs) {
        List<Block> blocks = new ArrayList<>();
        Lines.add(
                blocks,
                "loss",
                "Training loss",
                STEPS,
                Axis.linear("loss"),
                lines(runs, Step::loss));
        for (String metric : metrics(runs)) {
            Lines.add(
                    blocks,
                    "validation-" + metric.toLowerCase(java.util.Locale.ROOT),
                    "Validation: " + metric,
                    STEPS,
                    Axis.linear(metric),
                    runs.stream().map(run -> validation(run, metric)).toList());
        }
        Lines.add(
                blocks,
                "gradient-norm",
                "Norm of the gradients before clipping",
                STEPS,
                Axis.logarithmic("norm"),
                lines(runs, Step::gradientNorm));
        Lines.add(
                blocks,
                "learning-rate",
                "Learning rate",
                STEPS,
                Axis.linear("learning rate"),
                lines(runs, Step::learningRate));
        seen(blocks, runs);
        return blocks;
    }

    private static void seen(List<Block> blocks, List<RunRecord> runs) {
        Lines.add(
                blocks,
                "update-to-weight",
                "Update divided by weight, median of all matrices",
                STEPS,
                Axis.logarithmic("update / weight"),
                watched(runs, CourseBlocks::update));
        Lines.add(
                blocks,
                "kept-gradient",
                "The gradient that is left %d steps before, in the recurrent layer that keeps least"
                        .formatted(Verdict.STEPS),
                STEPS,
                Axis.logarithmic("share"),
                watched(runs, CourseBlocks::kept));
    }

    private static List<Line> lines(List<RunRecord> runs, ToDoubleFunction<Step> value) {
        return runs.stream()
                .map(
                        run ->
                                Lines.reduced(
                                        run.name(),
                                        run.course().steps().stream()
                                                .map(
                                                        s ->
                                                                new Point(
                                                                        s.step(),
                                                                        value.applyAsDouble(s)))
                                                .toList()))
                .toList();
    }

    private static List<Line> watched(List<RunRecord> runs, ToDoubleFunction<Diagnosis> value) {
        return runs.stream()
                .map(
                        run ->
                                Lines.reduced(
                                        run.name(),
                                        run.seen().stream()
                                                .filter(d -> d.step() > 0)
                                                .map(
                                                        d ->
                                                                new Point(
                                                                        d.step(),
                                                                        value.applyAsDouble(d)))
                                                .toList()))
                .toList();
    }

    private static Set<String> metrics(List<RunRecord> runs) {
        Set<String> metrics = new LinkedHashSet<>();
        runs.forEach(
                run ->
                        run.course()
                                .validations()
                                .forEach(v -> metrics.addAll(v.metrics().keySet())));
        return metrics;
    }

    private static Line validation(RunRecord run, String metric) {
        return new Line(
                run.name(),
                run.course().validations().stream()
                        .filter(v -> v.metrics().containsKey(metric))
                        .map(v -> new Point(v.step(), v.metrics().getOrDefault(metric, Double.NaN)))
                        .toList());
    }

    private static double update(Diagnosis d) {
        double[] ratios =
                d.parameters().stream()
                        .filter(ParameterFlow::matrix)
                        .mapToDouble(CourseBlocks::ratio)
                        .filter(Double::isFinite)
                        .sorted()
                        .toArray();
        return ratios.length == 0 ? Double.NaN : ratios[ratios.length / 2];
    }

    private static double ratio(ParameterFlow p) {
        Double update = p.update();
        return update == null || p.weight() == 0 ? Double.NaN : update / p.weight();
    }

    private static double kept(Diagnosis d) {
        return Arrays.stream(
                        d.sequences().stream()
                                .filter(SequenceFlow::recurrent)
                                .mapToDouble(s -> s.kept(Verdict.STEPS))
                                .toArray())
                .min()
                .orElse(Double.NaN);
    }
}
