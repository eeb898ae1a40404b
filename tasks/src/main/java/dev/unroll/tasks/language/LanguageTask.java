package dev.unroll.tasks.language;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.decode.Sampling;
import dev.unroll.nn.Seed;
import dev.unroll.nn.models.LanguageModel;
import dev.unroll.nn.models.RecurrentLanguageModel;
import dev.unroll.nn.models.TransformerLanguageModel;
import dev.unroll.nn.recurrent.Cells;
import dev.unroll.tasks.Report;
import dev.unroll.tasks.Sample;
import dev.unroll.tasks.model.Networks;
import dev.unroll.tasks.model.Tokenizers;
import dev.unroll.tasks.model.WriterTokens;
import dev.unroll.tasks.recipe.NetworkRecipe;
import dev.unroll.tasks.recipe.RecipeException;
import dev.unroll.tasks.task.Fitting;
import dev.unroll.tasks.task.TaskDefinition;
import dev.unroll.tasks.task.TrainingSetup;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.Vocabulary;
import java.io.IOException;
import java.util.List;

/** Learning what comes next in a text. Each part of the data is one long text. */
public final class LanguageTask
        implements TaskDefinition<LanguageRecipe, String, Tokenizer, LanguageModel, TextGenerator> {
    public static final LanguageTask TASK = new LanguageTask();

    /** Characters of a validation text that are continued as a sample. */
    private static final int PROMPT = 100;

    /** Tokens that a sample is continued by. */
    private static final int CONTINUED = 200;

    private LanguageTask() {}

    @Override
    public Class<LanguageRecipe> recipe() {
        return LanguageRecipe.class;
    }

    @Override
    public Corpus<String> corpus(LanguageRecipe recipe, DataFiles files) throws IOException {
        return Texts.of(recipe.data(), files);
    }

    @Override
    public Tokenizer fitted(Fitting<LanguageRecipe, String> fitting) throws IOException {
        return Tokenizers.of(fitting, LanguageRecipe::tokenizer, Corpus::train);
    }

    @Override
    public LanguageModel model(LanguageRecipe recipe, Tokenizer tokenizer, Seed seed) {
        int vocabulary = tokenizer.vocabulary().size();
        return switch (recipe.model()) {
            case NetworkRecipe.Recurrent r ->
                    RecurrentLanguageModel.of(
                            Cells.named(r.kind()),
                            vocabulary,
                            r.width(),
                            r.hidden(),
                            r.layers(),
                            r.dropout(),
                            seed);
            case NetworkRecipe.Transformer t ->
                    TransformerLanguageModel.of(
                            Networks.shape(t, recipe.data().length()),
                            t.depth().layers(),
                            vocabulary,
                            seed);
            case NetworkRecipe.Mlp _ -> throw Networks.withoutMemory();
        };
    }

    @Override
    public TrainingSetup setup(
            LanguageRecipe recipe,
            Tokenizer tokenizer,
            LanguageModel model,
            Corpus<String> corpus) {
        Vocabulary vocabulary = tokenizer.vocabulary();
        if (vocabulary.size() == Vocabulary.SPECIALS.size()) {
            throw new RecipeException(
                    ("%s: nothing in it occurs %d times, so there is no token to write; lower"
                                    + " 'tokenizer.minimumFrequency'")
                            .formatted(corpus.name(), recipe.tokenizer().minimumFrequency()));
        }
        int[] training = tokenizer.encode(String.join("", corpus.train()));
        int[] validation = tokenizer.encode(String.join("", corpus.validation()));
        if (training.length < 2 || validation.length < 2) {
            throw new RecipeException(
                    ("%s: %d tokens for training and %d for validation: at least 2 of each; give"
                                    + " a longer text, or another 'data.validation'")
                            .formatted(corpus.name(), training.length, validation.length));
        }
        return new TrainingSetup(
                new LanguageObjective(model, recipe, training, validation),
                "%s: %,d tokens for training in pieces of %d, %,d for validation, vocabulary %,d"
                        .formatted(
                                corpus.name(),
                                training.length,
                                recipe.data().length(),
                                validation.length,
                                vocabulary.size()));
    }

    @Override
    public TextGenerator predictor(
            LanguageRecipe recipe, Tokenizer tokenizer, LanguageModel model) {
        return new TextGenerator(
                new WriterTokens.Own(tokenizer), model, TextGenerator.Options.STANDARD);
    }

    /** Measures on the validation text, whatever the split: there is no other. */
    @Override
    public Report evaluate(
            TextGenerator generator, LanguageRecipe recipe, Corpus<String> corpus, Split split) {
        int length = recipe.data().length();
        LanguageScore score =
                LanguageScore.of(generator, String.join("", corpus.validation()), length);
        return new Report(score, score.text(length));
    }

    @Override
    public List<Sample> samples(TextGenerator predictor, List<String> examples) {
        TextGenerator brief = predictor.with(new TextGenerator.Options(new Sampling(1), CONTINUED));
        return examples.stream()
                .map(text -> text.substring(0, Math.min(PROMPT, text.length())))
                .filter(prompt -> !prompt.isBlank())
                .map(prompt -> new Sample(prompt, "", brief.predict(prompt)))
                .toList();
    }
}
