package dev.unroll.tasks.language;

import dev.unroll.nn.CellFactory;
import dev.unroll.nn.Elman;
import dev.unroll.nn.Gru;
import dev.unroll.nn.LanguageModel;
import dev.unroll.nn.Lstm;
import dev.unroll.nn.Mask;
import dev.unroll.nn.RecurrentLanguageModel;
import dev.unroll.nn.Seed;
import dev.unroll.nn.TransformerLanguageModel;
import dev.unroll.tasks.data.DataFiles;
import dev.unroll.tasks.model.Networks;
import dev.unroll.tasks.model.Tokenizers;
import dev.unroll.tasks.recipe.LanguageRecipe;
import dev.unroll.tasks.recipe.NetworkRecipe;
import dev.unroll.tasks.recipe.RecipeException;
import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tasks.run.RunTraining;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.Vocabulary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A recipe of language modelling made ready in a run's folder. */
public final class LanguageTraining {
    private LanguageTraining() {}

    /** Loads the data, trains the tokenizer or takes the folder's, and builds the model. */
    public static RunTraining prepare(LanguageRecipe recipe, RunFolder folder, DataFiles files)
            throws IOException {
        return prepare(recipe, Texts.of(recipe.data(), files), folder);
    }

    /** The same with data of your own. */
    public static RunTraining prepare(LanguageRecipe recipe, Texts texts, RunFolder folder)
            throws IOException {
        Tokenizer tokenizer =
                Tokenizers.ofRun(folder, recipe.tokenizer(), () -> List.of(texts.training()));
        if (tokenizer.vocabulary().size() == Vocabulary.SPECIALS.size()) {
            throw new RecipeException(
                    ("%s: nothing in it occurs %d times, so there is no token to write; lower"
                                    + " 'tokenizer.minimumFrequency'")
                            .formatted(texts.name(), recipe.tokenizer().minimumFrequency()));
        }
        int[] training = tokenizer.encode(texts.training());
        int[] validation = tokenizer.encode(texts.validation());
        if (training.length < 2 || validation.length < 2) {
            throw new RecipeException(
                    ("%s: %d tokens to learn from and %d to decide with: at least 2 of each; give"
                                    + " a longer text, or another 'data.validation'")
                            .formatted(texts.name(), training.length, validation.length));
        }
        LanguageModel model =
                model(recipe, tokenizer.vocabulary().size(), new Seed(recipe.training().seed()));
        String about =
                "%s: %,d tokens to learn from in pieces of %d, %,d to decide with, vocabulary %,d"
                        .formatted(
                                texts.name(),
                                training.length,
                                recipe.data().length(),
                                validation.length,
                                tokenizer.vocabulary().size());
        return RunTraining.of(
                folder,
                recipe,
                model,
                new LanguageLesson(model, recipe, training, validation),
                about,
                List.of());
    }

    /**
     * Trains on data of your own, from beginning to end.
     *
     * @param folder of the run; what is there of a former run is removed
     * @return a generator with the best weights
     */
    public static TextGenerator train(LanguageRecipe recipe, Texts texts, Path folder)
            throws IOException {
        RunFolder run = new RunFolder(folder);
        run.clear();
        prepare(recipe, texts, run).run();
        return TextGenerator.load(folder);
    }

    static LanguageModel model(LanguageRecipe recipe, int vocabulary, Seed seed) {
        NetworkRecipe network = recipe.model();
        return switch (network.kind()) {
            case ELMAN -> recurrent(Elman::of, network, vocabulary, seed);
            case LSTM -> recurrent(Lstm::of, network, vocabulary, seed);
            case GRU -> recurrent(Gru::of, network, vocabulary, seed);
            case TRANSFORMER ->
                    TransformerLanguageModel.of(
                            Networks.shape(network, recipe.data().length()),
                            network.layers(),
                            vocabulary,
                            Mask.CAUSAL,
                            seed);
            case NONE -> throw new IllegalArgumentException("a language model has a memory");
        };
    }

    private static LanguageModel recurrent(
            CellFactory cells, NetworkRecipe network, int vocabulary, Seed seed) {
        return RecurrentLanguageModel.of(
                cells,
                vocabulary,
                network.width(),
                network.hidden(),
                network.layers(),
                network.dropout(),
                seed);
    }
}
