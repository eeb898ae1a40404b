package dev.unroll.cli;

import dev.unroll.data.table.TableCell;
import dev.unroll.data.table.TableRow;
import dev.unroll.data.table.UnusableRowException;
import dev.unroll.tasks.classification.Classification;
import dev.unroll.tasks.classification.ClassificationRecipe;
import dev.unroll.tasks.classification.Classifier;
import dev.unroll.tasks.classification.Explanation;
import dev.unroll.tasks.registry.Tasks;
import dev.unroll.tasks.run.RunFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code unroll classify}: which class a text is of, and why. */
@Command(
        name = "classify",
        description = {
            "Says which class each text is of, with its probability; in a table, in the columns"
                    + " prediction and probability."
        })
final class Classify extends TextCommand<String, Classify.Classified> {

    @Option(
            names = "--explain",
            description = {
                "Show what each word contributed: gradient times input, toward the class and away"
                        + " from the others. The end of the text, which is read too, has a row."
            })
    boolean explain;

    @Option(
            names = "--explain-steps",
            paramLabel = "N",
            description = {
                "With --explain: the mean gradient at N points from nothing to the text"
                        + " (integrated gradients); 1 if left out."
            })
    int steps = 1;

    @Option(
            names = "--probabilities",
            description = "In a table, a column for the probability of each class.")
    boolean probabilities;

    /** A text and what it was taken for, which is nothing where the text is blank. */
    record Classified(
            String text, @Nullable Classification answer, @Nullable Explanation explanation) {}

    /** All of them. */
    record Classifieds(List<Classified> texts) {}

    @Override
    public Integer call() throws IOException {
        if (steps < 1) {
            throw wrongUsage("--explain-steps is at least 1");
        }
        Classifier classifier = Classifier.load(run);
        SmallHeap.keep();
        Optional<String> column =
                Tasks.read(new RunFolder(run), List.of()) instanceof ClassificationRecipe recipe
                        ? Optional.of(recipe.data().files().text())
                        : Optional.empty();
        return answer(what(), new Texts(classifier, column), Classifieds::new);
    }

    @Override
    void requireFitForTables() {
        if (explain) {
            throw wrongUsage("--explain is for people or --json, and has no place in a table");
        }
    }

    /** The texts of an input. */
    private final class Texts implements ColumnTask<String, Classified> {
        private final Classifier classifier;
        private final Optional<String> trainedOn;

        Texts(Classifier classifier, Optional<String> trainedOn) {
            this.classifier = classifier;
            this.trainedOn = trainedOn;
        }

        @Override
        public Optional<String> trainedOn() {
            return trainedOn;
        }

        @Override
        public String input(TableRow row, String column) throws UnusableRowException {
            return row.text(column);
        }

        @Override
        public List<Classified> answers(List<String> texts) {
            return classified(classifier, texts).toList();
        }

        @Override
        public List<String> columns() {
            List<String> columns = new ArrayList<>(List.of("prediction", "probability"));
            if (probabilities) {
                classifier.classes().forEach(name -> columns.add("probability_" + name));
            }
            return columns;
        }

        @Override
        public List<TableCell> cells(Classified one) {
            Classification found = one.answer();
            if (found == null) {
                return Collections.nCopies(columns().size(), TableCell.NONE);
            }
            List<TableCell> cells = new ArrayList<>();
            cells.add(new TableCell.Text(found.label()));
            cells.add(new TableCell.Decimal(found.probability()));
            if (probabilities) {
                classifier
                        .classes()
                        .forEach(name -> cells.add(new TableCell.Decimal(of(found, name))));
            }
            return cells;
        }
    }

    private static double of(Classification found, String name) {
        return Objects.requireNonNull(found.probabilities().get(name));
    }

    private Stream<Classified> classified(Classifier classifier, List<String> some) {
        Iterator<Classification> found =
                classifier
                        .predictAll(some.stream().filter(text -> !text.isBlank()).toList())
                        .iterator();
        return some.stream()
                .map(
                        text ->
                                text.isBlank()
                                        ? new Classified(text, null, null)
                                        : new Classified(
                                                text,
                                                found.next(),
                                                explain ? classifier.explain(text, steps) : null));
    }

    @Override
    void show(Classified one) {
        Classification answered = one.answer();
        if (answered == null) {
            answer.people().println();
            return;
        }
        answer.people().println(line(answered));
        Explanation why = one.explanation();
        if (why != null) {
            double most =
                    why.words().stream()
                            .mapToDouble(w -> Math.abs(w.contribution()))
                            .max()
                            .orElse(1);
            for (Explanation.Word word : why.words()) {
                int bar = (int) Math.round(20 * Math.abs(word.contribution()) / most);
                answer.people()
                        .println(
                                "  %+8.4f  %-20s %s"
                                        .formatted(
                                                word.contribution(),
                                                word.text(),
                                                (word.contribution() < 0 ? "-" : "+").repeat(bar)));
            }
            answer.people()
                    .println(
                            "  %+8.4f  in all; the decision's margin is %+.4f"
                                    .formatted(why.sum(), why.margin()));
        }
    }

    /** {@return the likeliest class with its probability, and the next four} */
    static String line(Classification answered) {
        String others =
                answered.probabilities().entrySet().stream()
                        .filter(e -> !e.getKey().equals(answered.label()))
                        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                        .limit(4)
                        .map(e -> String.format(Locale.ROOT, "%s %.4f", e.getKey(), e.getValue()))
                        .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT, "%s  %.4f   (%s)", answered.label(), answered.probability(), others);
    }
}
