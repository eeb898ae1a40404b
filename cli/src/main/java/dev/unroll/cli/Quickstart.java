package dev.unroll.cli;

import dev.unroll.backend.Backends;
import dev.unroll.data.Corpus;
import dev.unroll.data.Pair;
import dev.unroll.tasks.recipe.RecipeException;
import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tasks.translation.Pairs;
import dev.unroll.tasks.translation.TranslationRecipe;
import dev.unroll.tasks.translation.TranslationScore;
import dev.unroll.tasks.translation.Translator;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code unroll quickstart}: a translator of dates, trained before your eyes. */
@Command(
        name = "quickstart",
        description = {
            "Trains a translator of dates (mardi 5 juin 2018 -> 2018-06-05) in a minute or two",
            "and tries it on days it has never seen. Needs no download."
        })
final class Quickstart extends Subcommand {
    private static final int SHOWN = 8;

    @Option(names = "--run", paramLabel = "DIR", description = "The run's folder.")
    Path run = Path.of("runs", "quickstart");

    @Parameters(
            arity = "0..*",
            paramLabel = "key=value",
            description = "Changes to the recipe, like training.epochs=3.")
    List<String> changes = List.of();

    /**
     * The result.
     *
     * @param exactMatch share of held-out dates that are right to the letter
     * @param seconds in all
     * @param examples in the training set
     * @param heldOut judged by
     * @param backend what did the arithmetic
     * @param run the folder
     */
    record Result(
            double exactMatch,
            double seconds,
            int examples,
            int heldOut,
            String backend,
            String run) {}

    @Override
    public Integer call() throws IOException {
        long start = System.nanoTime();
        PrintWriter err = err();
        if (!(Recipes.read("quickstart", changes, err) instanceof TranslationRecipe recipe)) {
            throw new RecipeException("the quickstart translates; 'task' stays as it is");
        }
        RunFolder folder = new RunFolder(run);
        folder.clear();
        Train.train(recipe, folder, err);
        Translator translator = Translator.load(run);
        Corpus<Pair> corpus = Pairs.of(recipe.data(), recipe.training().seed());
        TranslationScore score = TranslationScore.of(translator, corpus.test(), recipe.metrics());
        show(translator, corpus.test().subList(0, Math.min(SHOWN, corpus.test().size())));
        Result result =
                new Result(
                        score.exactMatch(),
                        (System.nanoTime() - start) * 1e-9,
                        corpus.train().size(),
                        corpus.test().size(),
                        Backends.current().name(),
                        run.toString());
        answer.give(
                result,
                """

                %.1f %% of %,d dates on days it has never seen are right to the letter (%.0f s).
                Try your own:   unroll translate %s "mardi 5 juin 2018"
                Look inside:    unroll inspect %s
                """
                        .formatted(
                                100 * result.exactMatch(),
                                result.heldOut(),
                                result.seconds(),
                                run,
                                run));
        return 0;
    }

    private void show(Translator translator, List<Pair> pairs) {
        PrintWriter people = answer.people();
        people.println();
        List<String> answers = translator.translate(pairs.stream().map(Pair::source).toList());
        for (int i = 0; i < pairs.size(); i++) {
            Pair pair = pairs.get(i);
            people.printf(
                    "  %-38s -> %s%s%n",
                    pair.source(),
                    answers.get(i),
                    answers.get(i).equals(pair.target())
                            ? ""
                            : "   (right would be " + pair.target() + ")");
        }
    }
}
