package dev.unroll.tasks.translation;

import dev.unroll.nn.EncoderDecoder;
import dev.unroll.nn.Parameters;
import dev.unroll.nn.Seed;
import dev.unroll.tasks.data.Pair;
import dev.unroll.tasks.recipe.DataRecipe;
import dev.unroll.tasks.recipe.Recipe;
import dev.unroll.tasks.recipe.RecipeFile;
import dev.unroll.tasks.recipe.TokenizerRecipe;
import dev.unroll.tasks.recipe.TrainingRecipe;
import dev.unroll.tasks.run.Averages;
import dev.unroll.tasks.run.Checkpoint;
import dev.unroll.tasks.run.MetricsLog;
import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tasks.run.WholeFile;
import dev.unroll.tasks.text.TokenizerFile;
import dev.unroll.tasks.weights.Weights;
import dev.unroll.tensor.Parameter;
import dev.unroll.text.BytePairTokenizer;
import dev.unroll.text.CharacterTokenizer;
import dev.unroll.text.Normalization;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.TokenizerOptions;
import dev.unroll.text.WordTokenizer;
import dev.unroll.train.Optimiser;
import dev.unroll.train.Progress;
import dev.unroll.train.Training;
import dev.unroll.train.TrainingEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A recipe carried out in a run's folder, from the data to the weights to use. */
public final class TranslationTraining {
    /** Sentences of the validation set that are translated at each measurement. */
    private static final int TRANSLATED = 500;

    private final Recipe recipe;
    private final RunFolder folder;
    private final Corpus corpus;
    private final Tokenizer tokenizer;
    private final EncoderDecoder model;

    private TranslationTraining(
            Recipe recipe,
            RunFolder folder,
            Corpus corpus,
            Tokenizer tokenizer,
            EncoderDecoder model) {
        this.recipe = recipe;
        this.folder = folder;
        this.corpus = corpus;
        this.tokenizer = tokenizer;
        this.model = model;
    }

    /**
     * Loads the data, trains the tokenizer or takes the folder's, and builds the model.
     *
     * @param recipe what to do; it is written into the folder
     */
    public static TranslationTraining prepare(Recipe recipe, RunFolder folder) throws IOException {
        return prepare(recipe, Corpus.of(recipe.data(), recipe.training().seed()), folder);
    }

    /** The same with data of your own. */
    public static TranslationTraining prepare(Recipe recipe, Corpus corpus, RunFolder folder)
            throws IOException {
        Tokenizer tokenizer;
        if (Checkpoint.exists(last(folder))) {
            tokenizer = TokenizerFile.read(folder.tokenizer());
        } else {
            tokenizer = trained(recipe.tokenizer(), corpus.training());
            TokenizerFile.write(tokenizer, folder.tokenizer());
            Files.deleteIfExists(folder.metrics());
        }
        WholeFile.write(folder.recipe(), RecipeFile.write(recipe));
        EncoderDecoder model =
                ModelBuilder.build(
                        recipe.model(),
                        tokenizer.vocabulary().size(),
                        recipe.data().maxTokens() + 2,
                        new Seed(recipe.training().seed()));
        return new TranslationTraining(recipe, folder, corpus, tokenizer, model);
    }

    /**
     * Trains on data of your own, from beginning to end.
     *
     * @param folder of the run; what is there of a former run is removed
     * @return a translator with the best weights
     */
    public static Translator train(Recipe recipe, Corpus corpus, Path folder) throws IOException {
        RunFolder run = new RunFolder(folder);
        run.clear();
        prepare(recipe, corpus, run).run(plan -> {}, () -> false, event -> {});
        return Translator.load(folder);
    }

    private static Tokenizer trained(TokenizerRecipe recipe, List<Pair> pairs) {
        List<String> texts =
                pairs.stream().flatMap(p -> Stream.of(p.source(), p.target())).toList();
        TokenizerOptions options =
                new TokenizerOptions(
                        recipe.vocabulary(),
                        recipe.minimumFrequency(),
                        recipe.lowercase() ? Normalization.LOWERCASE : Normalization.NONE);
        return switch (recipe.kind()) {
            case CHARACTERS -> CharacterTokenizer.train(texts, options);
            case WORDS -> WordTokenizer.train(texts, options);
            case BYTE_PAIR -> BytePairTokenizer.train(texts, options);
        };
    }

    /**
     * What is about to be done.
     *
     * @param parameters numbers to learn
     * @param examples pairs to learn from
     * @param tooLong pairs left out for their length
     * @param steps of the whole training
     * @param done steps that a former run has done
     */
    public record Plan(
            String data,
            long parameters,
            int vocabulary,
            int examples,
            int tooLong,
            long steps,
            long done) {}

    /** The name of the data and its pairs. */
    public Corpus corpus() {
        return corpus;
    }

    /**
     * Trains, or goes on where the folder's last checkpoint stands.
     *
     * @param planned told what is about to be done
     * @param interrupted asked before each step; true saves and ends
     * @param events told everything
     * @return where it stopped
     */
    public Progress run(
            Consumer<Plan> planned, BooleanSupplier interrupted, Consumer<TrainingEvent> events)
            throws IOException {
        DataRecipe data = recipe.data();
        TrainingRecipe how = recipe.training();
        var training = TranslationLesson.Encoded.of(corpus.training(), tokenizer, data.maxTokens());
        var validation =
                TranslationLesson.Encoded.of(corpus.validation(), tokenizer, data.maxTokens());
        TranslationLesson lesson =
                new TranslationLesson(
                        model,
                        tokenizer,
                        recipe,
                        training,
                        validation,
                        corpus.validation()
                                .subList(0, Math.min(TRANSLATED, corpus.validation().size())));
        Map<String, Parameter> parameters = lesson.parameters();
        Optimiser.Moments moments = Optimiser.Moments.of(parameters);
        Progress from = Progress.START;
        MetricsLog log = new MetricsLog(folder.metrics());
        if (Checkpoint.exists(last(folder))) {
            Checkpoint.Point point = Checkpoint.load(last(folder), parameters);
            moments = point.moments();
            from = point.progress();
            log.backTo(from.step());
        }
        long steps = (long) lesson.batches(0).size() * how.epochs();
        planned.accept(
                new Plan(
                        corpus.name(),
                        Parameters.count((Record) model),
                        tokenizer.vocabulary().size(),
                        training.size(),
                        training.tooLong(),
                        steps,
                        from.step()));
        return run(lesson, parameters, moments, from, steps, log, interrupted, events);
    }

    private Progress run(
            TranslationLesson lesson,
            Map<String, Parameter> parameters,
            Optimiser.Moments moments,
            Progress from,
            long steps,
            MetricsLog log,
            BooleanSupplier interrupted,
            Consumer<TrainingEvent> events)
            throws IOException {
        TrainingRecipe how = recipe.training();
        Training training =
                new Training(
                        how.toOptimiser(),
                        how.toSchedule(steps),
                        how.toClip(),
                        how.seed(),
                        new Training.Limits(
                                how.epochs(), Long.MAX_VALUE, how.time(), how.patience()),
                        how.measureEvery(),
                        how.deciding().key(),
                        how.deciding() != TrainingRecipe.Figure.LOSS);
        Averages averages = new Averages(folder.checkpoints(), how.average());
        TrainingEvent.Reason[] ended = new TrainingEvent.Reason[1];
        Progress stopped =
                training.run(
                        lesson,
                        from,
                        moments,
                        interrupted,
                        event -> {
                            log.accept(event);
                            save(event, parameters, moments, averages);
                            if (event instanceof TrainingEvent.Ended e) {
                                ended[0] = e.reason();
                            }
                            events.accept(event);
                        });
        if (ended[0] == TrainingEvent.Reason.INTERRUPTED) {
            Checkpoint.save(last(folder), parameters, moments, stopped);
        } else {
            averages.into(parameters);
            Weights.save((Record) model, folder.model(), Map.of("format", "pt"));
        }
        return stopped;
    }

    private void save(
            TrainingEvent event,
            Map<String, Parameter> parameters,
            Optimiser.Moments moments,
            Averages averages) {
        if (event instanceof TrainingEvent.Measured measured) {
            try {
                averages.add(measured.progress().step(), measured.best(), parameters);
                Checkpoint.save(last(folder), parameters, moments, measured.progress());
                if (measured.best()) {
                    Weights.save((Record) model, folder.model(), Map.of("format", "pt"));
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot save a checkpoint in " + folder, e);
            }
        }
    }

    private static Path last(RunFolder folder) {
        return folder.checkpoints().resolve("last.safetensors");
    }
}
