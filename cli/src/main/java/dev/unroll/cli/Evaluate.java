package dev.unroll.cli;

import dev.unroll.tasks.data.Pair;
import dev.unroll.tasks.recipe.Recipe;
import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tasks.translation.Corpus;
import dev.unroll.tasks.translation.Score;
import dev.unroll.tasks.translation.Translator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code unroll evaluate}: how good a run's model is on what it has never seen. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description = "Measures a run's model on its test set.")
final class Evaluate implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "RUN", description = "The run's folder.")
    Path run = Path.of("");

    /** Which part of the data. */
    enum Split {
        TEST,
        VALIDATION
    }

    @Option(names = "--split", description = "One of ${COMPLETION-CANDIDATES}; TEST if left out.")
    Split split = Split.TEST;

    @Option(
            names = "--beam",
            paramLabel = "N",
            description = "Hypotheses kept at each step; the recipe's if left out.")
    @Nullable Integer beam;

    @Mixin(name = Answer.NAME)
    Answer answer;

    @Override
    public Integer call() throws IOException {
        Translator translator = Translator.load(run);
        if (beam != null) {
            translator = translator.with(translator.decoding().beam(beam));
        }
        Recipe recipe = new RunFolder(run).readRecipe();
        Corpus corpus = Train.corpus(recipe, answer.command.commandLine().getErr());
        List<Pair> pairs =
                switch (split) {
                    case TEST -> corpus.test();
                    case VALIDATION -> corpus.validation();
                };
        Score score = Score.of(translator, pairs);
        answer.give(
                score,
                """
                BLEU         %.2f   (%s)
                chrF         %.2f
                exact match  %.4f
                %d sentences in %.1f s
                """
                        .formatted(
                                score.bleu(),
                                score.signature(),
                                score.chrf(),
                                score.exactMatch(),
                                score.sentences(),
                                score.seconds()));
        return 0;
    }
}
