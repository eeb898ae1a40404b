package dev.unroll.cli;

import dev.unroll.tasks.classification.Classification;
import dev.unroll.tasks.classification.Classifier;
import dev.unroll.tasks.classification.Explanation;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code unroll classify}: which class a text is of, and why. */
@Command(name = "classify", description = "Says which class each text is of, with its probability.")
final class Classify extends TextCommand<Classify.Classified> {

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
        answer(some -> classified(classifier, some), Classifieds::new);
        return 0;
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
        String others =
                answered.probabilities().entrySet().stream()
                        .filter(e -> !e.getKey().equals(answered.label()))
                        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                        .limit(4)
                        .map(e -> String.format(Locale.ROOT, "%s %.4f", e.getKey(), e.getValue()))
                        .collect(Collectors.joining(", "));
        answer.people()
                .println(
                        String.format(
                                Locale.ROOT,
                                "%s  %.4f   (%s)",
                                answered.label(),
                                answered.probability(),
                                others));
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
}
