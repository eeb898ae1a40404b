package dev.unroll.tasks.pairs;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.data.TextPair;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.LowRankAdapter;
import dev.unroll.nn.models.SequenceClassifier;
import dev.unroll.tasks.Report;
import dev.unroll.tasks.Sample;
import dev.unroll.tasks.classification.Classification;
import dev.unroll.tasks.classification.ClassificationObjective;
import dev.unroll.tasks.classification.ClassificationScore;
import dev.unroll.tasks.model.FineTuning;
import dev.unroll.tasks.model.PairCoding;
import dev.unroll.tasks.model.TargetWeights;
import dev.unroll.tasks.model.TextReader;
import dev.unroll.tasks.regression.RegressionObjective;
import dev.unroll.tasks.regression.RegressionScore;
import dev.unroll.tasks.task.Fitting;
import dev.unroll.tasks.task.TaskDefinition;
import dev.unroll.tasks.task.TrainingSetup;
import dev.unroll.train.Objective;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Learning to say of two texts which class they are of or what value they have. */
public final class PairTask
        implements TaskDefinition<
                PairRecipe, PairExample, PairTask.Fitted, SequenceClassifier, CrossEncoder> {
    /** The task, which keeps nothing. */
    public static final PairTask TASK = new PairTask();

    private PairTask() {}

    /**
     * The parts that are fitted on the training set besides the weights.
     *
     * @param reader how texts are read
     * @param output what the network's numbers mean
     */
    record Fitted(TextReader reader, PairOutput output) {}

    @Override
    public Class<PairRecipe> recipe() {
        return PairRecipe.class;
    }

    @Override
    public Corpus<PairExample> corpus(PairRecipe recipe, DataFiles files) throws IOException {
        return PairExamples.of(recipe.data(), recipe.training().seed(), files);
    }

    @Override
    public Fitted fitted(Fitting<PairRecipe, PairExample> fitting) throws IOException {
        return new Fitted(
                TextReader.of(
                        fitting,
                        recipe -> new TextReader.Parts(recipe.tokenizer(), recipe.model()),
                        corpus ->
                                corpus.train().stream()
                                        .map(PairExample::texts)
                                        .flatMap(t -> Stream.of(t.first(), t.second()))
                                        .toList()),
                PairOutput.of(fitting));
    }

    @Override
    public SequenceClassifier model(PairRecipe recipe, Fitted fitted, Seed seed) {
        int maxTokens = recipe.data().maxTokens() + 1; // and the end of the first text
        return fitted.reader()
                .classifier(
                        recipe.model(),
                        new TextReader.Outputs(recipe.pooling(), maxTokens, fitted.output().size()),
                        seed);
    }

    private static PairCoding coding(PairRecipe recipe, Fitted fitted) {
        return fitted.reader().pairs(recipe.data().maxTokens());
    }

    @Override
    public TrainingSetup setup(
            PairRecipe recipe,
            Fitted fitted,
            SequenceClassifier model,
            Corpus<PairExample> corpus) {
        PairCoding coding = coding(recipe, fitted);
        return new TrainingSetup(
                objective(recipe, fitted.output(), coding, model, corpus),
                String.format(
                        Locale.ROOT,
                        "%s: %,d pairs %s, shortened to %d tokens, vocabulary %,d",
                        corpus.name(),
                        corpus.train().size(),
                        switch (fitted.output()) {
                            case PairOutput.Classes classes ->
                                    "of %d classes".formatted(classes.size());
                            case PairOutput.Values values ->
                                    String.format(
                                            Locale.ROOT,
                                            "with values of mean %.4g and deviation %.4g",
                                            values.scale().mean(),
                                            values.scale().deviation());
                        },
                        coding.maxTokens(),
                        coding.vocabulary()));
    }

    private static Objective<?> objective(
            PairRecipe recipe,
            PairOutput output,
            PairCoding coding,
            SequenceClassifier model,
            Corpus<PairExample> corpus) {
        FineTuning.Rates rates = TextReader.rates(recipe.model(), model);
        return switch (output) {
            case PairOutput.Classes classes -> {
                List<ClassificationObjective.Example> training =
                        classified(corpus.train(), classes, coding);
                yield new ClassificationObjective(
                        model,
                        classes.names(),
                        recipe,
                        training,
                        classified(corpus.validation(), classes, coding),
                        rates,
                        TargetWeights.of(
                                recipe.training().classWeights(),
                                classes.names(),
                                training.stream()
                                        .mapToInt(ClassificationObjective.Example::label)));
            }
            case PairOutput.Values values ->
                    new RegressionObjective(
                            model,
                            values.scale(),
                            recipe.loss(),
                            recipe,
                            valued(corpus.train(), coding),
                            valued(corpus.validation(), coding),
                            rates);
        };
    }

    private static List<ClassificationObjective.Example> classified(
            List<PairExample> pairs, PairOutput.Classes classes, PairCoding coding) {
        return ClassificationObjective.Example.of(
                pairs, pair -> coding.encode(pair.texts()), classes.names(), PairExample::label);
    }

    private static List<RegressionObjective.Example> valued(
            List<PairExample> pairs, PairCoding coding) {
        return RegressionObjective.Example.of(
                pairs, pair -> coding.encode(pair.texts()), PairExample::value);
    }

    @Override
    public CrossEncoder predictor(PairRecipe recipe, Fitted fitted, SequenceClassifier model) {
        return new CrossEncoder(
                coding(recipe, fitted), LowRankAdapter.merge(model), fitted.output());
    }

    @Override
    public Report evaluate(
            CrossEncoder encoder, PairRecipe recipe, Corpus<PairExample> corpus, Split split) {
        List<PairExample> pairs = corpus.part(split, "'data.test' or 'data.testFile'");
        List<TextPair> texts = pairs.stream().map(PairExample::texts).toList();
        return switch (encoder.output()) {
            case PairOutput.Classes classes -> {
                ClassificationScore score =
                        ClassificationScore.of(
                                classes.names(),
                                pairs.stream().map(PairExample::label).toList(),
                                () ->
                                        encoder.predictAll(texts).stream()
                                                .map(PairTask::classification)
                                                .toList());
                yield new Report(score, score.text("pairs"));
            }
            case PairOutput.Values _ -> {
                RegressionScore score =
                        RegressionScore.of(
                                pairs.stream().mapToDouble(PairExample::value).toArray(),
                                corpus.train().stream()
                                        .mapToDouble(PairExample::value)
                                        .average()
                                        .orElse(0),
                                () ->
                                        encoder.predictAll(texts).stream()
                                                .map(PairTask::value)
                                                .toList());
                yield new Report(score, score.text("pairs"));
            }
        };
    }

    private static Classification classification(PairAnswer answer) {
        return switch (answer) {
            case PairAnswer.Label(Classification classification) -> classification;
            case PairAnswer.Value _ -> throw otherAnswer();
        };
    }

    private static double value(PairAnswer answer) {
        return switch (answer) {
            case PairAnswer.Value(double value) -> value;
            case PairAnswer.Label _ -> throw otherAnswer();
        };
    }

    private static IllegalStateException otherAnswer() {
        return new IllegalStateException(
                "a run answers with classes or with values, not with both");
    }

    @Override
    public List<Sample> samples(CrossEncoder predictor, List<PairExample> examples) {
        List<PairAnswer> answers =
                predictor.predictAll(examples.stream().map(PairExample::texts).toList());
        return IntStream.range(0, answers.size())
                .mapToObj(i -> sample(examples.get(i), answers.get(i)))
                .toList();
    }

    private static Sample sample(PairExample example, PairAnswer answer) {
        return new Sample(
                example.texts().first() + " | " + example.texts().second(),
                example.target().text(),
                switch (answer) {
                    case PairAnswer.Label(Classification c) ->
                            String.format(Locale.ROOT, "%s (%.2f)", c.label(), c.probability());
                    case PairAnswer.Value(double value) ->
                            String.format(Locale.ROOT, "%.6g", value);
                });
    }
}
