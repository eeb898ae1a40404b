package dev.unroll.tasks.translation;

import dev.unroll.data.Corpus;
import dev.unroll.data.Pair;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.data.fetch.ProgressListener;
import dev.unroll.data.sets.PairSet;
import dev.unroll.data.table.Table;
import dev.unroll.tasks.recipe.RecipeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The pairs of sentences that a recipe names. */
public final class Pairs {
    private Pairs() {}

    /** The data of a recipe, fetched without a word if they are not here. */
    public static Corpus<Pair> of(TranslationData recipe, long seed) throws IOException {
        return of(recipe, seed, DataFiles.standard(ProgressListener.SILENT));
    }

    /**
     * The data of a recipe.
     *
     * @param files finds or fetches the files of published sets
     * @throws RecipeException if the set does not have the recipe's languages
     * @throws IOException if a file cannot be had, or is malformed
     */
    public static Corpus<Pair> of(TranslationData recipe, long seed, DataFiles files)
            throws IOException {
        return recipe.own() ? own(recipe) : published(recipe, seed, files);
    }

    private static Corpus<Pair> own(TranslationData recipe) throws IOException {
        if (recipe.file().isEmpty() || recipe.from().isEmpty() || recipe.to().isEmpty()) {
            throw new RecipeException(
                    "your own pairs need 'data.file' (CSV, TSV or JSON lines) and the names of its"
                            + " columns in 'data.from' and 'data.to'");
        }
        Table table = Table.read(Path.of(recipe.file()), List.of(recipe.from(), recipe.to()));
        List<Pair> pairs =
                table.rows().stream().map(row -> new Pair(row.value(0), row.value(1))).toList();
        return Corpus.of(recipe.file(), pairs).remarking(table.remarks());
    }

    private static Corpus<Pair> published(TranslationData recipe, long seed, DataFiles files)
            throws IOException {
        PairSet set = recipe.published(PairSet.class);
        PairSet.Request request =
                new PairSet.Request(
                        recipe.from(), recipe.to(), recipe.examples(), recipe.heldOut(), seed);
        try {
            return new Corpus<>(set.title(request), set.load(files, request));
        } catch (IllegalArgumentException e) {
            throw new RecipeException("'data.from' and 'data.to': " + e.getMessage(), e);
        }
    }
}
