package dev.unroll.lab.experiments;

import dev.unroll.chart.Axis;
import dev.unroll.chart.Line;
import dev.unroll.chart.LineChart;
import dev.unroll.lab.Experiment;
import dev.unroll.lab.Finding;
import dev.unroll.lab.Trials;
import dev.unroll.lab.kit.Rewriter;
import dev.unroll.lab.kit.Rewriting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What passes through one vector of fixed size, by task, length and size. */
public final class Bottleneck implements Experiment {
    @Override
    public String name() {
        return "bottleneck";
    }

    @Override
    public Finding run(Trials trials) {
        Finding finding = new Finding();
        int hidden = trials.pick(64, 32);
        List<Line> lines = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        for (Rewriting task :
                trials.quick() ? List.of(Rewriting.REVERSE) : List.of(Rewriting.values())) {
            String label = task.name().toLowerCase(Locale.ROOT);
            Line vector = line(label, task, false, hidden, trials);
            Line attention = line(label + ", attention", task, true, hidden, trials);
            lines.addAll(List.of(vector, attention));
            rows.add(
                    List.of(
                            label,
                            Finding.digits(vector.points().getFirst().y()),
                            Finding.digits(vector.end()),
                            Finding.digits(attention.end())));
            finding.effect(
                            "Through one vector less than half as much of a long text arrives as of a short one (%s)"
                                    .formatted(label),
                            vector.end() < vector.points().getFirst().y() / 2)
                    .effect(
                            "With attention more of a long text arrives (%s)".formatted(label),
                            attention.end() > vector.end() + 20);
        }
        Line reverse = lines.get(trials.quick() ? 0 : 2);
        List<Line> sizes = new ArrayList<>();
        sizes.add(line("16 numbers", Rewriting.REVERSE, false, 16, trials));
        sizes.add(new Line(hidden + " numbers", reverse.points()));
        if (!trials.quick()) {
            sizes.add(line("256 numbers", Rewriting.REVERSE, false, 256, trials));
            sizes.add(line("512 numbers", Rewriting.REVERSE, false, 512, trials));
        }
        finding.number("longest", "" + trials.pick(18, 12))
                .number("short", reverse.points().getFirst().y())
                .number("long", reverse.end())
                .number("attention", lines.get(trials.quick() ? 1 : 3).end())
                .number("size.small", sizes.getFirst().end())
                .number("size.large", sizes.getLast().end())
                .effect(
                        "Through a larger vector more of a text arrives",
                        sizes.getLast().end() > sizes.getFirst().end());
        Axis x = Axis.linear("length of the text, tokens");
        Axis y = Axis.linear("tokens that are right, %");
        return finding.chart("bottleneck", new LineChart("Texts rewritten", x, y, lines))
                .chart(
                        "bottleneck-sizes",
                        new LineChart("Reversing, by the vector's size", x, y, sizes))
                .table(
                        List.of(
                                "task",
                                "one vector, 3 tokens, %",
                                "one vector, longest, %",
                                "attention, longest, %"),
                        rows)
                .text(
                        "Beside it, as recorded in docs/results.md, translating Multi30k from German to"
                                + " English (BLEU on its test set of 2016; single runs of recipes"
                                + " that were not trained again here):")
                .table(
                        List.of("recipe", "what the decoder knows", "BLEU"),
                        List.of(
                                List.of("GRU without attention", "one vector", "25.69"),
                                List.of("LSTM with attention", "all states", "39.98"),
                                List.of("Transformer", "all rows", "41.96")));
    }

    private static Line line(
            String label, Rewriting task, boolean attends, int hidden, Trials trials) {
        int[] lengths = trials.pick(new int[] {3, 6, 12, 18}, new int[] {3, 12});
        return Rewriter.byLength(label, task, attends, hidden, lengths, trials);
    }
}
