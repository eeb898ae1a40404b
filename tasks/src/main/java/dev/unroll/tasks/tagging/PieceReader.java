package dev.unroll.tasks.tagging;

import dev.unroll.nn.Model;
import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.Dropout;
import dev.unroll.nn.layers.Linear;
import dev.unroll.pretrained.network.BertEncoder;
import dev.unroll.pretrained.network.PieceTagger;
import dev.unroll.tasks.model.PretrainedReader;
import dev.unroll.tasks.recipe.PretrainedRecipe;
import dev.unroll.tasks.recipe.RecipeException;

/**
 * Reads words as the tokens of an encoder that was trained before, for a {@link PieceTagger}.
 *
 * @param pretrained the encoder and its tokenizer
 */
record PieceReader(PretrainedReader pretrained) implements WordReader {

    @Override
    public Model model(TaggingRecipe recipe, int tags, Seed seed) {
        if (!(recipe.model() instanceof PretrainedRecipe how)) {
            throw new RecipeException(
                    "the run was fine-tuned from a pretrained model; give 'model.pretrained'");
        }
        BertEncoder encoder = pretrained.encoder(how, seed.at("encoder"));
        return new PieceTagger(
                encoder,
                Dropout.of(how.dropout(), seed.at("dropout")),
                Linear.of(encoder.width(), tags, seed.at("head")));
    }

    @Override
    public Network network(Model model) {
        if (!(model instanceof PieceTagger tagger)) {
            throw new IllegalArgumentException(
                    "tokens are for a PieceTagger, not for a " + model.getClass().getName());
        }
        WordPieces pieces = new WordPieces(pretrained.pipeline(), tagger.encoder().longest());
        return (sentences, forgotten) -> {
            WordPieces.Encoded read = pieces.encode(sentences);
            return mode -> tagger.logits(read.tokens(), read.firsts(), mode);
        };
    }

    @Override
    public boolean knows(String word) {
        return true;
    }

    @Override
    public int count(String word) {
        return Integer.MAX_VALUE;
    }

    @Override
    public int together() {
        return 1_024;
    }

    @Override
    public String summary() {
        return "a pretrained vocabulary of %,d tokens"
                .formatted(pretrained.pipeline().vocabularySize());
    }
}
