package dev.unroll.tasks.model;

import dev.unroll.data.Corpus;
import dev.unroll.nn.Seed;
import dev.unroll.nn.models.SequenceClassifier;
import dev.unroll.nn.models.SequencePooling;
import dev.unroll.tasks.recipe.ModelRecipe;
import dev.unroll.tasks.recipe.PretrainedRecipe;
import dev.unroll.tasks.recipe.Recipe;
import dev.unroll.tasks.recipe.TokenizerRecipe;
import dev.unroll.tasks.task.Fitting;
import dev.unroll.text.Tokenizer;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/**
 * How a task on text reads: a tokenizer that was trained on its texts and a network with first
 * weights, or an encoder that was trained before and comes with its tokenizer.
 */
public sealed interface TextReader permits TrainedReader, PretrainedReader {

    /**
     * The parts of a recipe that say how a task reads.
     *
     * @param tokenizer of a network with first weights
     * @param model the network, or the pretrained encoder
     */
    record Parts(TokenizerRecipe tokenizer, ModelRecipe model) {}

    /**
     * The shape of a network that gives each text a row of numbers.
     *
     * @param pooling how the rows of a text become one
     * @param maxTokens of a text, the end token behind it aside
     * @param outputs numbers for each text
     */
    record Outputs(SequencePooling.Kind pooling, int maxTokens, int outputs) {}

    /** {@return how texts become numbers} */
    TextCoding coding(int maxTokens, Keep keep);

    /**
     * {@return how two texts that are read together become numbers}
     *
     * @param maxTokens of both, special ones aside
     */
    PairCoding pairs(int maxTokens);

    /** {@return a network that reads texts and gives each a row of numbers} */
    SequenceClassifier classifier(ModelRecipe model, Outputs outputs, Seed seed);

    /** {@return the learning rates of a classifier's parameters, as the recipe's model says} */
    static FineTuning.Rates rates(ModelRecipe recipe, SequenceClassifier model) {
        return FineTuning.Rates.of(
                recipe,
                model,
                name -> name.startsWith("embedding.") || name.startsWith("encoder."));
    }

    /** {@return a reader with a tokenizer that was trained on the task's texts} */
    static TextReader of(Tokenizer tokenizer) {
        return new TrainedReader(tokenizer);
    }

    /**
     * The reader of a run: fitted on the training set or read from the pretrained model's folder
     * when the training begins, and taken over ever after.
     *
     * @param parts of a recipe
     * @param texts of the training set
     */
    static <R extends Recipe, E> TextReader of(
            Fitting<R, E> fitting,
            Function<R, Parts> parts,
            Function<Corpus<E>, List<String>> texts)
            throws IOException {
        return fitting.has(
                        PretrainedReader.CONFIG,
                        recipe -> parts.apply(recipe).model() instanceof PretrainedRecipe)
                ? PretrainedReader.of(fitting, recipe -> parts.apply(recipe).model())
                : new TrainedReader(
                        Tokenizers.of(fitting, recipe -> parts.apply(recipe).tokenizer(), texts));
    }
}
