package dev.unroll.tasks.embedding;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.data.TextPair;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.LowRankAdapter;
import dev.unroll.pretrained.Pretrained;
import dev.unroll.pretrained.network.BertEncoder;
import dev.unroll.pretrained.network.SentenceEncoder;
import dev.unroll.tasks.Report;
import dev.unroll.tasks.Sample;
import dev.unroll.tasks.model.FineTuning;
import dev.unroll.tasks.model.PretrainedReader;
import dev.unroll.tasks.model.TextCoding;
import dev.unroll.tasks.recipe.RecipeException;
import dev.unroll.tasks.run.Artefact;
import dev.unroll.tasks.run.JsonArtefact;
import dev.unroll.tasks.task.Fitting;
import dev.unroll.tasks.task.TaskDefinition;
import dev.unroll.tasks.task.TrainingSetup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Learning vectors of texts by pairs that belong together. */
public final class EmbeddingTask
        implements TaskDefinition<
                EmbeddingRecipe, MatchingTexts, EmbeddingTask.Fitted, BertEncoder, TextEncoder> {
    /** The task, which keeps nothing. */
    public static final EmbeddingTask TASK = new EmbeddingTask();

    /** In a run's folder. */
    private static final Artefact<EncoderSettings> SETTINGS =
            new JsonArtefact<>(
                    "encoder.json",
                    EncoderSettings.class,
                    Function.identity(),
                    Function.identity(),
                    "the run does not know how one vector is made of a text's rows",
                    "does not say how one vector is made of a text's rows");

    private EmbeddingTask() {}

    /**
     * The parts that are read from the pretrained model besides the weights.
     *
     * @param reader the settings of the network and its tokenizer
     * @param settings around the network
     */
    record Fitted(PretrainedReader reader, EncoderSettings settings) {}

    @Override
    public Class<EmbeddingRecipe> recipe() {
        return EmbeddingRecipe.class;
    }

    @Override
    public Corpus<MatchingTexts> corpus(EmbeddingRecipe recipe, DataFiles files)
            throws IOException {
        return MatchingPairs.of(recipe.data(), recipe.training().seed(), files);
    }

    @Override
    public Fitted fitted(Fitting<EmbeddingRecipe, MatchingTexts> fitting) throws IOException {
        PretrainedReader reader = PretrainedReader.of(fitting, EmbeddingRecipe::model);
        try {
            return new Fitted(
                    reader,
                    fitting.once(
                            SETTINGS,
                            (recipe, _) -> settings(recipe, reader.first().orElseThrow())));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** A training that begins with a run of this task goes on with the run's settings. */
    private static EncoderSettings settings(EmbeddingRecipe recipe, Pretrained model) {
        Path ofRun = Path.of(recipe.encoder().pretrained()).resolve(SETTINGS.file());
        try {
            return TextEncoder.limited(
                    Files.isRegularFile(ofRun)
                            ? SETTINGS.read(ofRun)
                            : EncoderSettings.read(model.files()),
                    model.encoder().longest(),
                    model.tokenizer());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public BertEncoder model(EmbeddingRecipe recipe, Fitted fitted, Seed seed) {
        return fitted.reader().encoder(recipe.encoder(), seed.at("encoder"));
    }

    @Override
    public TrainingSetup setup(
            EmbeddingRecipe recipe,
            Fitted fitted,
            BertEncoder model,
            Corpus<MatchingTexts> corpus) {
        EncoderSettings settings = fitted.settings();
        TextCoding coding =
                fitted.reader()
                        .coding(
                                Math.min(recipe.data().maxTokens(), settings.longest()),
                                fitted.reader().keep());
        String asking = settings.before(TextEncoder.QUESTION);
        String answering = settings.before(TextEncoder.PASSAGE);
        ContrastiveObjective.TextTokens first = text -> coding.encode(asking + text);
        ContrastiveObjective.TextTokens second = text -> coding.encode(answering + text);
        RetrievalQuestions questions =
                RetrievalQuestions.of(
                        corpus.validation().stream().map(MatchingTexts::texts).toList());
        ContrastiveObjective objective =
                new ContrastiveObjective(
                        model,
                        settings.pooling(),
                        recipe,
                        ContrastiveObjective.Pairs.of(
                                corpus.train(), corpus.validation(), first, second),
                        new ContrastiveObjective.Found(
                                questions,
                                questions.questions().stream().map(first::ids).toList(),
                                questions.texts().stream().map(second::ids).toList()),
                        FineTuning.Rates.of(recipe.model(), model, _ -> true));
        if (!objective.hasSeveralTexts()) {
            throw new RecipeException(
                    ("no batch has two pairs, so there is no wrong text to learn from: raise"
                                    + " 'training.batchTokens', which is %d, or name a column of"
                                    + " wrong texts as 'data.negative'; %d pairs are learnt from")
                            .formatted(recipe.training().batchTokens(), corpus.train().size()));
        }
        return new TrainingSetup(
                objective,
                "%s: %,d pairs, shortened to %d tokens, vocabulary %,d"
                        .formatted(
                                corpus.name(),
                                corpus.train().size(),
                                coding.maxTokens(),
                                coding.vocabulary()));
    }

    @Override
    public TextEncoder predictor(EmbeddingRecipe recipe, Fitted fitted, BertEncoder model) {
        return TextEncoder.of(
                LowRankAdapter.merge(model), fitted.reader().published(), fitted.settings());
    }

    @Override
    public SentenceEncoder exported(EmbeddingRecipe recipe, Fitted fitted, BertEncoder model) {
        EncoderSettings settings = fitted.settings();
        return new SentenceEncoder(
                LowRankAdapter.merge(model), settings.pooling().layer(), settings.normalized());
    }

    @Override
    public Report evaluate(
            TextEncoder encoder,
            EmbeddingRecipe recipe,
            Corpus<MatchingTexts> corpus,
            Split split) {
        List<TextPair> pairs =
                corpus.part(split, "'data.test' or 'data.testFile'").stream()
                        .map(MatchingTexts::texts)
                        .toList();
        RetrievalScore score = RetrievalScore.of(encoder, pairs);
        return new Report(score, score.text());
    }

    /** Each first text with its second one and with the most similar of all that are shown. */
    @Override
    public List<Sample> samples(TextEncoder predictor, List<MatchingTexts> examples) {
        List<String> second = examples.stream().map(e -> e.texts().second()).toList();
        NearestTexts searched = NearestTexts.of(predictor.forPassages(), second);
        List<float[]> vectors =
                predictor
                        .forQuestions()
                        .predictAll(examples.stream().map(e -> e.texts().first()).toList());
        return IntStream.range(0, examples.size())
                .mapToObj(
                        i ->
                                new Sample(
                                        examples.get(i).texts().first(),
                                        second.get(i),
                                        searched.nearest(vectors.get(i), 1).stream()
                                                .findFirst()
                                                .map(NearestTexts.Match::text)
                                                .orElse("")))
                .toList();
    }
}
