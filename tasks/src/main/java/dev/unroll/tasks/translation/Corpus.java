package dev.unroll.tasks.translation;

import dev.unroll.tasks.Split;
import dev.unroll.tasks.data.DataFiles;
import dev.unroll.tasks.data.Pair;
import dev.unroll.tasks.data.PairSet;
import dev.unroll.tasks.data.ProgressListener;
import dev.unroll.tasks.data.Splits;
import dev.unroll.tasks.data.Table;
import dev.unroll.tasks.recipe.RecipeException;
import dev.unroll.tasks.recipe.TranslationData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Pairs to learn from, to decide with and to be judged by.
 *
 * @param name for people
 * @param training to learn from
 * @param validation to decide with
 * @param test to be judged by
 * @param remarks what should be known of the data, such as rows that cannot be read
 */
public record Corpus(
        String name,
        List<Pair> training,
        List<Pair> validation,
        List<Pair> test,
        List<String> remarks) {

    public Corpus {
        training = List.copyOf(training);
        validation = List.copyOf(validation);
        test = List.copyOf(test);
        remarks = List.copyOf(remarks);
    }

    /** With nothing to remark. */
    public Corpus(String name, List<Pair> training, List<Pair> validation, List<Pair> test) {
        this(name, training, validation, test, List.of());
    }

    /**
     * Your own pairs: every twentieth is kept to decide with, every twentieth to be judged by.
     *
     * @throws IllegalArgumentException if there are fewer than 20
     */
    public static Corpus of(String name, List<Pair> pairs) {
        if (pairs.size() < 20) {
            throw new IllegalArgumentException(
                    "%s: %d pairs; at least 20 are needed".formatted(name, pairs.size()));
        }
        Map<Integer, List<Pair>> parts =
                IntStream.range(0, pairs.size())
                        .boxed()
                        .collect(
                                Collectors.groupingBy(
                                        i -> Math.min(2, i % 20),
                                        Collectors.mapping(pairs::get, Collectors.toList())));
        return new Corpus(
                name,
                parts.getOrDefault(2, List.of()),
                parts.getOrDefault(0, List.of()),
                parts.getOrDefault(1, List.of()));
    }

    /** The data of a recipe, fetched without a word if they are not here. */
    public static Corpus of(TranslationData recipe, long seed) throws IOException {
        return of(recipe, seed, DataFiles.standard(ProgressListener.SILENT));
    }

    /**
     * The data of a recipe.
     *
     * @param files finds or fetches the files of published sets
     * @throws RecipeException if the set does not have the recipe's languages
     * @throws IOException if a file cannot be had, or is malformed
     */
    public static Corpus of(TranslationData recipe, long seed, DataFiles files) throws IOException {
        return recipe.own() ? own(recipe) : published(recipe, seed, files);
    }

    private static Corpus own(TranslationData recipe) throws IOException {
        if (recipe.file().isEmpty() || recipe.from().isEmpty() || recipe.to().isEmpty()) {
            throw new RecipeException(
                    "your own pairs need 'data.file' (CSV, TSV or JSON lines) and the names of its"
                            + " columns in 'data.from' and 'data.to'");
        }
        Table table = Table.read(Path.of(recipe.file()), List.of(recipe.from(), recipe.to()));
        List<Pair> pairs =
                table.rows().stream().map(row -> new Pair(row.value(0), row.value(1))).toList();
        Corpus split = of(recipe.file(), pairs);
        return new Corpus(
                split.name(), split.training(), split.validation(), split.test(), table.remarks());
    }

    private static Corpus published(TranslationData recipe, long seed, DataFiles files)
            throws IOException {
        PairSet set = recipe.published(PairSet.class);
        PairSet.Request request =
                new PairSet.Request(
                        recipe.from(), recipe.to(), recipe.examples(), recipe.heldOut(), seed);
        try {
            Splits<Pair> splits = set.load(files, request);
            return new Corpus(
                    set.title(request), splits.train(), splits.validation(), splits.test());
        } catch (IllegalArgumentException e) {
            RecipeException mistake =
                    new RecipeException("'data.from' and 'data.to': " + e.getMessage());
            mistake.initCause(e);
            throw mistake;
        }
    }

    /**
     * A part to measure on.
     *
     * @throws IllegalArgumentException if there is nothing in it
     */
    List<Pair> part(Split split) {
        return split.requireSome(split.of(test, validation), name, "'data.heldOut'");
    }
}
