package dev.unroll.tasks.recipe;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/**
 * The word embedding: a row for the word in lower case, beside a row from its characters.
 *
 * @param kind of the network that reads the characters
 * @param characterWidth numbers in a character's embedding
 * @param hidden numbers in that network's state, in each of two directions; a Transformer's width
 * @param rare words that occur so often or less are sometimes unknown while learning
 * @param unknown how often, 0 to 1
 */
public record WordsRecipe(String kind, int characterWidth, int hidden, int rare, double unknown) {
    static final WordsRecipe DEFAULT = new WordsRecipe(null, null, null, null, null);

    @JsonCreator
    public WordsRecipe(
            @Nullable String kind,
            @Nullable Integer characterWidth,
            @Nullable Integer hidden,
            @Nullable Integer rare,
            @Nullable Double unknown) {
        this(
                Checks.oneOf("words.kind", NetworkRecipe.kinds(), Checks.or(kind, "lstm")),
                Checks.atLeast("words.characterWidth", 1, Checks.or(characterWidth, 32)),
                Checks.atLeast("words.hidden", 1, Checks.or(hidden, 64)),
                Checks.atLeast("words.rare", 0, Checks.or(rare, 2)),
                Checks.share("words.unknown", Checks.or(unknown, 0.5)));
    }
}
