package dev.unroll.cli;

import dev.unroll.tasks.classification.Classification;
import dev.unroll.tasks.classification.Classifier;
import dev.unroll.tasks.classification.Explanation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code unroll classify}: which class a text is of, and why. */
@Command(
        name = "classify",
        mixinStandardHelpOptions = true,
        description = "Says which class each text is of, with its probability.")
final class Classify implements Callable<Integer> {

    @Mixin TextsForRun texts;

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

    @Mixin(name = Answer.NAME)
    Answer answer;

    /** A text and what it was taken for. */
    record Classified(String text, Classification answer, @Nullable Explanation explanation) {}

    /** All of them. */
    record Classifieds(List<Classified> texts) {}

    @Override
    public Integer call() throws IOException {
        if (steps < 1) {
            throw new ParameterException(
                    answer.command.commandLine(), "--explain-steps is at least 1");
        }
        Classifier classifier = Classifier.load(texts.run);
        List<Classified> all = new ArrayList<>();
        texts.forEachFew(
                some -> {
                    List<Classification> found = classifier.predictAll(some);
                    for (int i = 0; i < some.size(); i++) {
                        Explanation why = explain ? classifier.explain(some.get(i), steps) : null;
                        Classified one = new Classified(some.get(i), found.get(i), why);
                        if (answer.json) {
                            all.add(one);
                        } else {
                            show(one);
                        }
                    }
                });
        if (answer.json) {
            answer.give(new Classifieds(all), "");
        }
        return 0;
    }

    private void show(Classified one) {
        String others =
                one.answer().probabilities().entrySet().stream()
                        .filter(e -> !e.getKey().equals(one.answer().label()))
                        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                        .limit(4)
                        .map(e -> String.format(Locale.ROOT, "%s %.4f", e.getKey(), e.getValue()))
                        .collect(Collectors.joining(", "));
        answer.people()
                .println(
                        String.format(
                                Locale.ROOT,
                                "%s  %.4f   (%s)",
                                one.answer().label(),
                                one.answer().probability(),
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
