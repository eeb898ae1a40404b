package dev.unroll.cli;

import dev.unroll.decode.Beam;
import dev.unroll.decode.Search;
import dev.unroll.tasks.translation.Translator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code unroll translate}: a text, a file, or what comes in. */
@Command(
        name = "translate",
        mixinStandardHelpOptions = true,
        description = "Translates with a run's model.")
final class Translate implements Callable<Integer> {
    @Mixin TextsForRun texts;

    @Option(
            names = "--beam",
            paramLabel = "N",
            description = "Hypotheses kept at each step; the recipe's if left out.")
    @Nullable Integer beam;

    @Option(
            names = "--n-best",
            paramLabel = "N",
            description = "Show the N best translations with their scores.")
    int nBest = 1;

    @Mixin(name = Answer.NAME)
    Answer answer;

    /** A text and what it may mean, the best first. */
    record Translation(String source, List<Translator.Candidate> candidates) {}

    /** All of them. */
    record Translations(List<Translation> translations) {}

    @Override
    public Integer call() throws IOException {
        if (nBest < 1 || (beam != null && beam < 1)) {
            throw new ParameterException(
                    answer.command.commandLine(), "--beam and --n-best are at least 1");
        }
        Translator translator = Translator.load(texts.run);
        int width = Math.max(nBest, beam == null ? translator.decoding().beam() : beam);
        Search search =
                width == 1
                        ? translator.decoding().greedy().search()
                        : new Beam(width, translator.decoding().lengthPenalty(), nBest);
        List<Translation> all = new ArrayList<>();
        texts.forEachFew(
                some -> {
                    List<List<Translator.Candidate>> found = translator.candidates(some, search);
                    for (int i = 0; i < some.size(); i++) {
                        if (answer.json) {
                            all.add(new Translation(some.get(i), found.get(i)));
                        } else {
                            show(found.get(i));
                        }
                    }
                });
        if (answer.json) {
            answer.give(new Translations(all), "");
        }
        return 0;
    }

    private void show(List<Translator.Candidate> candidates) {
        for (Translator.Candidate candidate : candidates) {
            answer.people()
                    .println(
                            nBest == 1
                                    ? candidate.text()
                                    : "%8.4f  %s".formatted(candidate.score(), candidate.text()));
        }
    }
}
