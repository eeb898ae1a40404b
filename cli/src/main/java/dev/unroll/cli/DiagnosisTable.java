package dev.unroll.cli;

import dev.unroll.watch.Diagnosis;
import dev.unroll.watch.Diagnosis.ActivationShares;
import dev.unroll.watch.Diagnosis.HeadFocus;
import dev.unroll.watch.Diagnosis.ParameterFlow;
import dev.unroll.watch.SequenceFlow;
import dev.unroll.watch.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A diagnosis as tables for a terminal, the verdict in the last line. */
final class DiagnosisTable {
    private final StringBuilder text = new StringBuilder();

    private DiagnosisTable() {}

    static String of(Diagnosis d) {
        DiagnosisTable table = new DiagnosisTable();
        table.parameters(d.parameters());
        table.sequences(d.sequences());
        table.activations(d.activations());
        table.heads(d.heads());
        return table.text.append(d.summary()).append('\n').toString();
    }

    private void parameters(List<ParameterFlow> parameters) {
        List<List<String>> rows = new ArrayList<>();
        for (ParameterFlow p : parameters) {
            rows.add(
                    List.of(
                            p.name(),
                            number(p.gradient()),
                            number(p.weight()),
                            p.weight() > 0 ? number(p.gradient() / p.weight()) : "-"));
        }
        table(List.of("parameter", "gradient", "weight", "gradient/weight"), rows);
    }

    private void sequences(List<SequenceFlow> sequences) {
        List<List<String>> rows = new ArrayList<>();
        for (SequenceFlow s : sequences) {
            int steps = Math.min(Verdict.STEPS, s.gain().length);
            rows.add(
                    List.of(
                            s.layer(),
                            at(s.input(), 0),
                            at(s.input(), s.input().length - 1),
                            s.recurrent() ? number(s.meanGain(Verdict.STEPS)) : "-",
                            s.recurrent() ? number(s.kept(steps)) + " in " + steps : "-",
                            radii(s)));
        }
        table(
                List.of(
                        "sequence layer",
                        "gradient of the last input",
                        "of the first",
                        "gain a step",
                        "kept",
                        "spectral radius"),
                rows);
    }

    private static String radii(SequenceFlow s) {
        return s.radii().isEmpty()
                ? "-"
                : s.radii().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(r -> r.getKey() + " " + number(r.getValue()))
                        .collect(Collectors.joining(", "));
    }

    private void activations(List<ActivationShares> activations) {
        List<List<String>> rows = new ArrayList<>();
        for (ActivationShares a : activations) {
            rows.add(
                    List.of(
                            a.layer() + " " + a.name(),
                            a.function(),
                            percent(a.low()),
                            percent(a.high()),
                            a.dead() + " of " + a.units()));
        }
        table(List.of("activation", "function", "low", "high", "dead units"), rows);
    }

    private void heads(List<HeadFocus> heads) {
        List<List<String>> rows = new ArrayList<>();
        for (HeadFocus h : heads) {
            rows.add(
                    List.of(
                            h.layer() + " " + h.head(),
                            number(h.entropy()),
                            number(h.meanScore()),
                            number(h.largestScore())));
        }
        table(List.of("attention head", "entropy", "mean score", "largest score"), rows);
    }

    private void table(List<String> head, List<List<String>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        List<List<String>> all = new ArrayList<>(List.of(head));
        all.addAll(rows);
        List<Integer> widths = new ArrayList<>(Collections.nCopies(head.size(), 0));
        for (List<String> row : all) {
            for (int i = 0; i < row.size(); i++) {
                widths.set(i, Math.max(widths.get(i), row.get(i).length()));
            }
        }
        for (List<String> row : all) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                String cell = row.get(i);
                String room = " ".repeat(widths.get(i) - cell.length());
                line.append(i == 0 ? cell + room : "  " + room + cell);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        text.append('\n');
    }

    private static String at(double[] values, int k) {
        return k >= 0 && k < values.length ? number(values[k]) : "-";
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "-" : "%.3g".formatted(value);
    }

    private static String percent(double share) {
        return "%.1f %%".formatted(100 * share);
    }
}
