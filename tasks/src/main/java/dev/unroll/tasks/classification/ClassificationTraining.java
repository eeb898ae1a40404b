package dev.unroll.tasks.classification;

import dev.unroll.nn.Seed;
import dev.unroll.nn.SequenceClassifier;
import dev.unroll.nn.SequenceEncoder;
import dev.unroll.tasks.data.DataFiles;
import dev.unroll.tasks.data.LabelledText;
import dev.unroll.tasks.model.ClassNames;
import dev.unroll.tasks.model.Networks;
import dev.unroll.tasks.model.Tokenizers;
import dev.unroll.tasks.recipe.ClassificationRecipe;
import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tasks.run.RunTraining;
import dev.unroll.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;

/** A recipe of classification made ready in a run's folder. */
public final class ClassificationTraining {
    private ClassificationTraining() {}

    /** Loads the data, trains the tokenizer or takes the folder's, and builds the model. */
    public static RunTraining prepare(
            ClassificationRecipe recipe, RunFolder folder, DataFiles files) throws IOException {
        return prepare(
                recipe, LabelledTexts.of(recipe.data(), recipe.training().seed(), files), folder);
    }

    /** The same with data of your own. */
    public static RunTraining prepare(
            ClassificationRecipe recipe, LabelledTexts texts, RunFolder folder) throws IOException {
        Tokenizer tokenizer =
                Tokenizers.ofRun(
                        folder,
                        recipe.tokenizer(),
                        () -> texts.training().stream().map(LabelledText::text).toList());
        ClassNames classes = ClassNames.ofRun(folder, texts.classes());
        SequenceClassifier model =
                model(
                        recipe,
                        tokenizer.vocabulary().size(),
                        classes.size(),
                        new Seed(recipe.training().seed()));
        Coding coding = coding(recipe, tokenizer);
        ClassificationLesson lesson =
                new ClassificationLesson(
                        model,
                        classes,
                        recipe.training(),
                        ClassificationLesson.Encoded.of(texts.training(), classes, coding),
                        ClassificationLesson.Encoded.of(texts.validation(), classes, coding));
        String about =
                "%s: %,d texts of %d classes, shortened to %d tokens, vocabulary %,d"
                        .formatted(
                                texts.name(),
                                texts.training().size(),
                                classes.size(),
                                coding.maxTokens(),
                                tokenizer.vocabulary().size());
        return RunTraining.of(folder, recipe, model, lesson, about, texts.remarks());
    }

    /**
     * Trains on data of your own, from beginning to end.
     *
     * @param folder of the run; what is there of a former run is removed
     * @return a classifier with the best weights
     */
    public static Classifier train(ClassificationRecipe recipe, LabelledTexts texts, Path folder)
            throws IOException {
        RunFolder run = new RunFolder(folder);
        run.clear();
        prepare(recipe, texts, run).run();
        return Classifier.load(folder);
    }

    static Coding coding(ClassificationRecipe recipe, Tokenizer tokenizer) {
        return new Coding(tokenizer, recipe.data().maxTokens(), recipe.data().keep());
    }

    static SequenceClassifier model(
            ClassificationRecipe recipe, int vocabulary, int classes, Seed seed) {
        SequenceEncoder encoder =
                Networks.encoder(
                        recipe.model(),
                        recipe.model().width(),
                        recipe.data().maxTokens() + 1,
                        seed.at("encoder"));
        return SequenceClassifier.of(
                encoder,
                recipe.pooling(),
                recipe.model().dropout(),
                vocabulary,
                recipe.model().width(),
                classes,
                seed);
    }
}
