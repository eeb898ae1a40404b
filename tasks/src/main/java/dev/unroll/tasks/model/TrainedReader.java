package dev.unroll.tasks.model;

import dev.unroll.nn.Seed;
import dev.unroll.nn.models.SequenceClassifier;
import dev.unroll.tasks.recipe.ModelRecipe;
import dev.unroll.tasks.recipe.NetworkRecipe;
import dev.unroll.tasks.recipe.RecipeException;
import dev.unroll.text.Tokenizer;

/**
 * Reads with a tokenizer that was trained on the task's texts.
 *
 * @param tokenizer text to numbers
 */
record TrainedReader(Tokenizer tokenizer) implements TextReader {
    @Override
    public TextCoding coding(int maxTokens, Keep keep) {
        return new TruncatingEncoder(tokenizer, maxTokens, keep);
    }

    @Override
    public PairCoding pairs(int maxTokens) {
        return new PairCoding.Joined(tokenizer, maxTokens);
    }

    @Override
    public SequenceClassifier classifier(ModelRecipe model, Outputs outputs, Seed seed) {
        if (!(model instanceof NetworkRecipe network)) {
            throw new RecipeException(
                    "the run has a tokenizer of its own and no pretrained model: leave"
                            + " model.pretrained out");
        }
        int width = network.width();
        int longest = outputs.maxTokens() + 1;
        return SequenceClassifier.of(
                Networks.encoder(network, width, longest, seed.at("encoder")),
                outputs.pooling(),
                network.dropout(),
                tokenizer.vocabulary().size(),
                width,
                outputs.outputs(),
                seed);
    }
}
