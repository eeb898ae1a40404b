package dev.unroll.tasks.tagging;

import dev.unroll.nn.Model;
import dev.unroll.nn.Seed;
import dev.unroll.nn.models.CharacterAwareEmbedding;
import dev.unroll.nn.models.SequenceEncoder;
import dev.unroll.nn.models.SequenceLabeller;
import dev.unroll.nn.models.SequencePooling;
import dev.unroll.nn.models.SequenceTagger;
import dev.unroll.tasks.model.Networks;
import dev.unroll.tasks.recipe.NetworkRecipe;
import dev.unroll.tasks.recipe.RecipeException;
import dev.unroll.text.Normalization;

/**
 * Reads words by their characters, and those of a lexicon as a whole, too.
 *
 * @param lexicon words and characters as numbers
 */
record LexiconReader(Lexicon lexicon) implements WordReader {

    @Override
    public Model model(TaggingRecipe recipe, int tags, Seed seed) {
        if (!(recipe.model() instanceof NetworkRecipe network)) {
            throw new RecipeException(
                    "the run has a lexicon of its own and no pretrained model: leave"
                            + " model.pretrained out");
        }
        CharacterAwareEmbedding reader =
                CharacterAwareEmbedding.of(
                        lexicon.wordCount(),
                        network.width(),
                        lexicon.characterCount(),
                        recipe.words().characterWidth(),
                        spelling(recipe.words(), network.dropout(), seed.at("spelling")),
                        pooling(recipe.words().kind()),
                        seed.at("words"));
        SequenceEncoder encoder =
                Networks.encoder(network, reader.width(), Piece.LONGEST, seed.at("encoder"));
        return new SequenceTagger(
                reader,
                SequenceLabeller.of(
                        encoder, network.dropout(), network.dropout(), tags, seed.at("labels")));
    }

    private static SequenceEncoder spelling(WordsRecipe words, double dropout, Seed seed) {
        return Networks.encoder(
                NetworkRecipe.of(words.kind(), words.hidden(), dropout),
                words.characterWidth(),
                Lexicon.MOST_CHARACTERS,
                seed);
    }

    /** A recurrent network has read the word when it ends; of the others every row counts alike. */
    private static SequencePooling.Kind pooling(String kind) {
        return switch (kind) {
            case NetworkRecipe.TRANSFORMER, NetworkRecipe.MLP -> SequencePooling.Kind.MEAN;
            default -> SequencePooling.Kind.LAST;
        };
    }

    @Override
    public Network network(Model model) {
        if (!(model instanceof SequenceTagger tagger)) {
            throw new IllegalArgumentException(
                    "a lexicon is for a SequenceTagger, not for a " + model.getClass().getName());
        }
        return (sentences, forgotten) -> {
            CharacterAwareEmbedding.Words words = lexicon.encode(sentences, forgotten);
            return mode -> tagger.logits(words, mode);
        };
    }

    @Override
    public WordReader in(Normalization form) {
        return new LexiconReader(lexicon.in(form));
    }

    @Override
    public boolean knows(String word) {
        return lexicon.knows(word);
    }

    @Override
    public int count(String word) {
        return lexicon.count(lexicon.word(word));
    }

    @Override
    public int together() {
        return 4_096;
    }

    @Override
    public String summary() {
        return "%,d words".formatted(lexicon.wordCount() - 1);
    }
}
