package dev.unroll.tasks.tagging;

import dev.unroll.tasks.recipe.Checks;
import dev.unroll.tasks.recipe.Default;
import dev.unroll.tasks.recipe.NetworkRecipe;
import dev.unroll.tasks.recipe.TokenizerRecipe.Form;

/**
 * The word embedding: a row for the word in lower case, beside a row from its characters.
 *
 * @param kind of the network that reads the characters
 * @param characterWidth numbers in a character's embedding
 * @param hidden numbers in that network's state, in each of two directions; a Transformer's width
 * @param rare words that occur so often or less are sometimes unknown while learning
 * @param unknown how often, 0 to 1
 * @param normalization the form of Unicode that words are brought into first
 */
public record WordsRecipe(
        @Default("lstm") String kind,
        @Default("32") int characterWidth,
        @Default("64") int hidden,
        @Default("2") int rare,
        @Default("0.5") double unknown,
        @Default("none") Form normalization) {
    public WordsRecipe {
        Checks.oneOf("words.kind", NetworkRecipe.kinds(), kind);
        Checks.atLeast("words.characterWidth", 1, characterWidth);
        Checks.atLeast("words.hidden", 1, hidden);
        Checks.atLeast("words.rare", 0, rare);
        Checks.share("words.unknown", unknown);
    }
}
