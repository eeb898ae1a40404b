package dev.unroll.tasks.translation;

import dev.unroll.nn.EncoderDecoder;
import dev.unroll.nn.Seed;
import dev.unroll.tasks.data.DataFiles;
import dev.unroll.tasks.data.Pair;
import dev.unroll.tasks.model.Tokenizers;
import dev.unroll.tasks.recipe.TranslationRecipe;
import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tasks.run.RunTraining;
import dev.unroll.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A recipe of translation made ready in a run's folder. */
public final class TranslationTraining {
    /** Sentences of the validation set that are translated at each measurement. */
    private static final int TRANSLATED = 500;

    private TranslationTraining() {}

    /** Loads the data, trains the tokenizer or takes the folder's, and builds the model. */
    public static RunTraining prepare(TranslationRecipe recipe, RunFolder folder, DataFiles files)
            throws IOException {
        return prepare(recipe, Corpus.of(recipe.data(), recipe.training().seed(), files), folder);
    }

    /** The same with data of your own. */
    public static RunTraining prepare(TranslationRecipe recipe, Corpus corpus, RunFolder folder)
            throws IOException {
        Tokenizer tokenizer =
                Tokenizers.ofRun(folder, recipe.tokenizer(), () -> texts(corpus.training()));
        int maxTokens = recipe.data().maxTokens();
        EncoderDecoder model =
                EncoderDecoders.of(
                        recipe.model(),
                        tokenizer.vocabulary().size(),
                        maxTokens + 2,
                        new Seed(recipe.training().seed()));
        var training = TranslationLesson.Encoded.of(corpus.training(), tokenizer, maxTokens);
        List<Pair> validation = corpus.validation();
        TranslationLesson lesson =
                new TranslationLesson(
                        model,
                        tokenizer,
                        recipe,
                        training,
                        TranslationLesson.Encoded.of(validation, tokenizer, maxTokens),
                        validation.subList(0, Math.min(TRANSLATED, validation.size())));
        String about =
                "%s: %,d pairs%s, vocabulary %,d"
                        .formatted(
                                corpus.name(),
                                training.size(),
                                training.tooLong() > 0
                                        ? " (" + training.tooLong() + " too long, left out)"
                                        : "",
                                tokenizer.vocabulary().size());
        return RunTraining.of(folder, recipe, model, lesson, about, corpus.remarks());
    }

    /**
     * Trains on data of your own, from beginning to end.
     *
     * @param folder of the run; what is there of a former run is removed
     * @return a translator with the best weights
     */
    public static Translator train(TranslationRecipe recipe, Corpus corpus, Path folder)
            throws IOException {
        RunFolder run = new RunFolder(folder);
        run.clear();
        prepare(recipe, corpus, run).run();
        return Translator.load(folder);
    }

    private static List<String> texts(List<Pair> pairs) {
        return pairs.stream().flatMap(p -> Stream.of(p.source(), p.target())).toList();
    }
}
