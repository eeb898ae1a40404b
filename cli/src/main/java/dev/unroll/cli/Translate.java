package dev.unroll.cli;

import dev.unroll.data.table.TableCell;
import dev.unroll.data.table.TableRow;
import dev.unroll.data.table.UnusableRowException;
import dev.unroll.decode.Beam;
import dev.unroll.decode.Search;
import dev.unroll.tasks.registry.Tasks;
import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tasks.translation.TranslationRecipe;
import dev.unroll.tasks.translation.Translator;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code unroll translate}: a text, a file, or what comes in. */
@Command(
        name = "translate",
        description = {
            "Translates with a run's model; in a table, into the columns translation, score (0 is"
                    + " best), finished (whether all was read and the model ended it) and unknown"
                    + " (words that it does not know)."
        })
final class Translate extends TextCommand<String, Translate.Translation> {
    /** Letters of a text by which a line is told. */
    private static final int SHOWN = 40;

    @Option(
            names = "--beam",
            paramLabel = "N",
            description = "Hypotheses kept at each step; the recipe's or the model's if left out.")
    @Nullable Integer beam;

    @Option(
            names = "--n-best",
            paramLabel = "N",
            description = "Show the N best translations with their scores.")
    int nBest = 1;

    /**
     * A text and what it may mean, the best first.
     *
     * @param source the text
     * @param candidates translations
     * @param unknown the parts of the source that the model does not know
     * @param unread tokens at its end that the model did not read, because it has learnt positions
     *     for fewer
     */
    record Translation(
            String source,
            List<Translator.Candidate> candidates,
            List<String> unknown,
            int unread) {}

    /** All of them. */
    record Translations(List<Translation> translations) {}

    @Override
    public Integer call() throws IOException {
        if (nBest < 1 || (beam != null && beam < 1)) {
            throw wrongUsage("--beam and --n-best are at least 1");
        }
        Translator translator = Translator.load(run);
        SmallHeap.keep();
        int width = Math.max(nBest, beam == null ? translator.decoding().beam() : beam);
        Search search =
                width == 1
                        ? translator.decoding().greedy().search()
                        : new Beam(width, translator.decoding().lengthPenalty(), nBest);
        return answer(what(), new Texts(translator, search, column()), Translations::new);
    }

    /** The column that the run's training read, if it was trained here and read a table. */
    private Optional<String> column() throws IOException {
        RunFolder folder = new RunFolder(run);
        return !folder.isImported()
                        && Tasks.read(folder, List.of()) instanceof TranslationRecipe recipe
                ? Optional.of(recipe.data().from()).filter(name -> !name.isEmpty())
                : Optional.empty();
    }

    @Override
    void requireFitForTables() {
        if (nBest != 1) {
            throw wrongUsage("--n-best is for people or --json; a table has the best one");
        }
    }

    /** The texts of an input. */
    private record Texts(Translator translator, Search search, Optional<String> trainedOn)
            implements ColumnTask<String, Translation> {

        @Override
        public String input(TableRow row, String column) throws UnusableRowException {
            return row.text(column);
        }

        @Override
        public List<Translation> answers(List<String> texts) {
            return translations(translator, texts, search).toList();
        }

        @Override
        public List<String> columns() {
            return List.of("translation", "score", "finished", "unknown");
        }

        @Override
        public List<TableCell> cells(Translation one) {
            if (one.source().isBlank()) {
                return Collections.nCopies(columns().size(), TableCell.NONE);
            }
            Translator.Candidate best = one.candidates().getFirst();
            return List.of(
                    new TableCell.Text(best.text()),
                    new TableCell.Decimal(best.score()),
                    new TableCell.Flag(best.finished() && one.unread() == 0),
                    TableCell.Several.of(one.unknown()));
        }
    }

    private static Stream<Translation> translations(
            Translator translator, List<String> some, Search search) {
        List<List<Translator.Candidate>> found = translator.candidates(some, search);
        return IntStream.range(0, some.size())
                .mapToObj(
                        i ->
                                new Translation(
                                        some.get(i),
                                        found.get(i),
                                        translator.unknown(some.get(i)),
                                        translator.unread(some.get(i))));
    }

    @Override
    void show(Translation translation) {
        if (!translation.unknown().isEmpty()) {
            err().println(Hints.unknown(translation.unknown()));
        }
        if (translation.unread() > 0) {
            err().printf(
                            "%s: only its first tokens were read, for the model has learnt no"
                                    + " positions for the last %,d%n",
                            start(translation.source()), translation.unread());
        }
        for (Translator.Candidate candidate : translation.candidates()) {
            answer.people()
                    .println(
                            nBest == 1
                                    ? candidate.text()
                                    : "%8.4f  %s".formatted(candidate.score(), candidate.text()));
        }
    }

    private static String start(String text) {
        return "'" + (text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...") + "'";
    }
}
