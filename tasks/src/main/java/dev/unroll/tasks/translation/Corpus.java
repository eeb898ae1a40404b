package dev.unroll.tasks.translation;

import dev.unroll.tasks.data.Dates;
import dev.unroll.tasks.data.Pair;
import dev.unroll.tasks.recipe.DataRecipe;
import java.io.IOException;
import java.util.List;

/**
 * Pairs to learn from, to decide with and to be judged by.
 *
 * @param name for people
 * @param training to learn from
 * @param validation to decide with
 * @param test to be judged by
 */
public record Corpus(String name, List<Pair> training, List<Pair> validation, List<Pair> test) {

    /** The data of a recipe. */
    public static Corpus of(DataRecipe recipe, long seed) throws IOException {
        return switch (recipe.set()) {
            case DATES -> dates(recipe, seed);
            case MULTI30K, TATOEBA -> throw new IOException("not at hand");
        };
    }

    private static Corpus dates(DataRecipe recipe, long seed) {
        int validation = Math.min(500, recipe.heldOut());
        Dates dates = Dates.generate(seed, recipe.examples(), recipe.heldOut() + validation);
        List<Pair> heldOut = dates.heldOut();
        return new Corpus(
                "dates in " + Dates.LOCALES.size() + " locales",
                dates.training(),
                heldOut.subList(0, validation),
                heldOut.subList(validation, heldOut.size()));
    }
}
