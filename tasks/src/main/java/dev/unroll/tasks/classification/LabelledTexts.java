package dev.unroll.tasks.classification;

import dev.unroll.tasks.data.DataFiles;
import dev.unroll.tasks.data.Imdb;
import dev.unroll.tasks.data.LabelledText;
import dev.unroll.tasks.data.LabelledTextSet;
import dev.unroll.tasks.data.MovieReviews;
import dev.unroll.tasks.data.Splits;
import dev.unroll.tasks.recipe.ClassificationData;
import dev.unroll.tasks.recipe.RecipeException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Texts to learn from, to decide with and to be judged by.
 *
 * @param name for people
 * @param classes their names
 * @param training to learn from
 * @param validation to decide with
 * @param test to be judged by
 * @param remarks what should be known of the data, such as rows that cannot be read
 */
public record LabelledTexts(
        String name,
        List<String> classes,
        List<LabelledText> training,
        List<LabelledText> validation,
        List<LabelledText> test,
        List<String> remarks) {

    /**
     * Your own texts.
     *
     * @param texts split at random: shares for validation and test as the recipe says
     */
    public static LabelledTexts of(
            String name, List<LabelledText> texts, ClassificationData recipe, long seed) {
        List<LabelledText> shuffled = shuffled(texts, seed);
        int test = (int) Math.round(recipe.test() * shuffled.size());
        return of(
                name,
                classes(texts),
                shuffled.subList(test, shuffled.size()),
                shuffled.subList(0, test),
                recipe,
                seed);
    }

    /**
     * The data of a recipe.
     *
     * @param files finds or fetches the files of published sets
     * @throws IOException if a file cannot be had, or is malformed
     */
    public static LabelledTexts of(ClassificationData recipe, long seed, DataFiles files)
            throws IOException {
        return switch (recipe.set()) {
            case IMDB -> published(new Imdb(), recipe, seed, files);
            case MOVIE_REVIEWS -> published(new MovieReviews(), recipe, seed, files);
            case OWN ->
                    throw new RecipeException(
                            "'data.file' is missing: name your own file, or a set in 'data.set'");
        };
    }

    private static LabelledTexts published(
            LabelledTextSet set, ClassificationData recipe, long seed, DataFiles files)
            throws IOException {
        Splits<LabelledText> splits = set.load(files);
        return of(
                set.about().name(),
                set.labels(),
                plain(splits.train()),
                plain(splits.test()),
                recipe,
                seed);
    }

    /** Line breaks as white space: IMDB has them as HTML. */
    private static List<LabelledText> plain(List<LabelledText> texts) {
        return texts.stream()
                .map(t -> new LabelledText(t.label(), t.text().replace("<br />", " ")))
                .toList();
    }

    private static LabelledTexts of(
            String name,
            List<String> classes,
            List<LabelledText> training,
            List<LabelledText> test,
            ClassificationData recipe,
            long seed) {
        List<LabelledText> shuffled = shuffled(training, seed);
        int validation = (int) Math.round(recipe.validation() * shuffled.size());
        if (classes.size() < 2 || validation < 1 || shuffled.size() - validation < 1) {
            throw new RecipeException(
                    ("%s: %d texts of the classes %s: at least two classes, and texts both to learn"
                                    + " from and to decide with ('data.validation')")
                            .formatted(name, shuffled.size(), classes));
        }
        return new LabelledTexts(
                name,
                classes,
                shuffled.subList(validation, shuffled.size()),
                shuffled.subList(0, validation),
                test,
                List.of());
    }

    private static List<String> classes(List<LabelledText> texts) {
        return texts.stream().map(LabelledText::label).distinct().sorted().toList();
    }

    private static List<LabelledText> shuffled(List<LabelledText> texts, long seed) {
        List<LabelledText> all = new ArrayList<>(texts);
        Collections.shuffle(all, new Random(seed));
        return all;
    }

    LabelledTexts withRemarks(List<String> more) {
        return new LabelledTexts(name, classes, training, validation, test, List.copyOf(more));
    }
}
