package dev.unroll.tasks.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * The confusion table: a count for each right class (row) and each predicted class (column).
 *
 * <pre>
 *   precision = right of a class / predicted as it       recall = right of a class / truly of it
 *   F1 = 2 · precision · recall / (precision + recall) = 2 · right / (predicted + true)
 * </pre>
 *
 * A quotient with nothing below its line is 0, as in scikit-learn.
 *
 * @param classes at least one name, all different
 * @param counts [classes, classes]; {@code counts.get(t).get(p)} examples of class t were taken for
 *     p
 */
public record Confusion(List<String> classes, List<List<Long>> counts) {

    /**
     * Copies the lists and checks them.
     *
     * @throws IllegalArgumentException if there is no class or one is named twice, or the counts
     *     are no table of a row and a column for each class
     */
    public Confusion {
        classes = List.copyOf(classes);
        counts = counts.stream().map(List::copyOf).toList();
        int n = classes.size();
        if (n == 0 || classes.stream().distinct().count() != n) {
            throw new IllegalArgumentException(
                    "Confusion: classes " + classes + ": at least one, all different, are needed");
        }
        if (counts.size() != n || counts.stream().anyMatch(row -> row.size() != n)) {
            throw new IllegalArgumentException(
                    "Confusion: %d classes need %d rows of %d counts".formatted(n, n, n));
        }
        if (counts.stream().flatMap(List::stream).anyMatch(count -> count < 0)) {
            throw new IllegalArgumentException("Confusion: counts below 0: " + counts);
        }
    }

    /**
     * {@return a table of no examples yet}
     *
     * @param classes their names, all different
     */
    public static Confusion none(List<String> classes) {
        int n = classes.size();
        return new Confusion(classes, Collections.nCopies(n, Collections.nCopies(n, 0L)));
    }

    /**
     * Of one example after another.
     *
     * @param classes their names, all different
     * @param truth the right classes, numbers from 0
     * @param predicted as many
     * @return the table of these examples
     * @throws IllegalArgumentException if they are not as many, or a number names no class
     */
    public static Confusion of(List<String> classes, int[] truth, int[] predicted) {
        if (truth.length != predicted.length) {
            throw new IllegalArgumentException(
                    "Confusion: %d right classes and %d predicted ones; as many are needed"
                            .formatted(truth.length, predicted.length));
        }
        int n = classes.size();
        long[][] counts = new long[n][n];
        for (int i = 0; i < truth.length; i++) {
            counts[number(truth[i], n)][number(predicted[i], n)]++;
        }
        List<List<Long>> rows = new ArrayList<>();
        for (long[] row : counts) {
            rows.add(Arrays.stream(row).boxed().toList());
        }
        return new Confusion(classes, rows);
    }

    private static int number(int label, int classes) {
        if (label < 0 || label >= classes) {
            throw new IllegalArgumentException(
                    "Confusion: class %d; there are %d, numbered from 0".formatted(label, classes));
        }
        return label;
    }

    /**
     * {@return the table of both tables' examples together}
     *
     * @param that a table of the same classes
     */
    public Confusion plus(Confusion that) {
        if (!classes.equals(that.classes)) {
            throw new IllegalArgumentException(
                    "Confusion: classes %s and %s cannot be added"
                            .formatted(classes, that.classes));
        }
        List<List<Long>> sums = new ArrayList<>();
        for (int t = 0; t < classes.size(); t++) {
            List<Long> row = new ArrayList<>();
            for (int p = 0; p < classes.size(); p++) {
                row.add(counts.get(t).get(p) + that.counts.get(t).get(p));
            }
            sums.add(row);
        }
        return new Confusion(classes, sums);
    }

    /** {@return the number of all examples} */
    public long total() {
        return counts.stream().flatMap(List::stream).mapToLong(Long::longValue).sum();
    }

    /**
     * {@return the number of examples of class c that were taken for it}
     *
     * @param c a class, from 0
     */
    public long right(int c) {
        return counts.get(c).get(c);
    }

    /**
     * {@return the number of examples that truly are of class c}
     *
     * @param c a class, from 0
     */
    public long occurring(int c) {
        return counts.get(c).stream().mapToLong(Long::longValue).sum();
    }

    /**
     * {@return the number of examples that were taken for class c}
     *
     * @param c a class, from 0
     */
    public long predicted(int c) {
        return counts.stream().mapToLong(row -> row.get(c)).sum();
    }

    /**
     * {@return the part of all examples that was taken for what it is, 0 to 1; 0 without examples}
     */
    public double accuracy() {
        long right = 0;
        for (int c = 0; c < classes.size(); c++) {
            right += right(c);
        }
        return quotient(right, total());
    }

    /**
     * {@return the precision of class c, 0 to 1}
     *
     * @param c a class, from 0
     */
    public double precision(int c) {
        return quotient(right(c), predicted(c));
    }

    /**
     * {@return the recall of class c, 0 to 1}
     *
     * @param c a class, from 0
     */
    public double recall(int c) {
        return quotient(right(c), occurring(c));
    }

    /**
     * {@return the F1 of class c, 0 to 1}
     *
     * @param c a class, from 0
     */
    public double f1(int c) {
        return quotient(2 * right(c), predicted(c) + occurring(c));
    }

    /**
     * The mean of the classes' F1, each class counting the same, 0 to 1. As scikit-learn's {@code
     * f1_score(average="macro")} has it: a class that occurs only among the right classes or only
     * among the predicted ones counts with its F1 of 0; one that occurs in neither does not count.
     *
     * @return the mean of the classes' F1
     */
    public double macroF1() {
        double sum = 0;
        int counted = 0;
        for (int c = 0; c < classes.size(); c++) {
            if (predicted(c) + occurring(c) > 0) {
                sum += f1(c);
                counted++;
            }
        }
        return counted == 0 ? 0 : sum / counted;
    }

    private static double quotient(long above, long below) {
        return below == 0 ? 0 : (double) above / below;
    }

    /**
     * {@return the table for people: a row a right class, a column a predicted one, then the
     * quotients}
     */
    public String table() {
        int name = longest(classes);
        int count = Math.max(longest(classes), String.valueOf(total()).length());
        StringBuilder text = new StringBuilder(" ".repeat(name));
        classes.forEach(c -> text.append("  ").append(padded(c, count)));
        text.append("  precision  recall     F1\n");
        for (int t = 0; t < classes.size(); t++) {
            text.append(classes.get(t)).append(" ".repeat(name - classes.get(t).length()));
            counts.get(t).forEach(n -> text.append("  ").append(padded(String.valueOf(n), count)));
            text.append(
                    String.format(
                            Locale.ROOT,
                            "  %9.4f  %6.4f  %5.4f\n",
                            precision(t),
                            recall(t),
                            f1(t)));
        }
        return text.append(
                        String.format(
                                Locale.ROOT,
                                "accuracy %.4f, macro-F1 %.4f over %d examples",
                                accuracy(),
                                macroF1(),
                                total()))
                .toString();
    }

    private static int longest(List<String> names) {
        return names.stream().mapToInt(String::length).max().orElse(0);
    }

    private static String padded(String text, int width) {
        return " ".repeat(width - text.length()) + text;
    }
}
