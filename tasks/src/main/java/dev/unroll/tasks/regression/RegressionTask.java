package dev.unroll.tasks.regression;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.LowRankAdapter;
import dev.unroll.nn.models.SequenceClassifier;
import dev.unroll.tasks.Report;
import dev.unroll.tasks.Sample;
import dev.unroll.tasks.model.EncodedText;
import dev.unroll.tasks.model.TextCoding;
import dev.unroll.tasks.model.TextReader;
import dev.unroll.tasks.task.Fitting;
import dev.unroll.tasks.task.TaskDefinition;
import dev.unroll.tasks.task.TrainingSetup;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Learning the number that belongs to a text. */
public final class RegressionTask
        implements TaskDefinition<
                RegressionRecipe,
                TextValue,
                RegressionTask.Fitted,
                SequenceClassifier,
                TextRegressor> {
    /** The task, which keeps nothing. */
    public static final RegressionTask TASK = new RegressionTask();

    /**
     * A network's rows end in one number, where those of a classifier end in one for each class.
     */
    private static final int OUTPUTS = 1;

    private RegressionTask() {}

    /**
     * The parts that are fitted on the training set besides the weights.
     *
     * @param reader how texts are read
     * @param scale of the numbers to be learnt
     */
    record Fitted(TextReader reader, TargetScale scale) {}

    @Override
    public Class<RegressionRecipe> recipe() {
        return RegressionRecipe.class;
    }

    @Override
    public Corpus<TextValue> corpus(RegressionRecipe recipe, DataFiles files) throws IOException {
        return TextValues.of(recipe.data(), recipe.training().seed());
    }

    @Override
    public Fitted fitted(Fitting<RegressionRecipe, TextValue> fitting) throws IOException {
        return new Fitted(
                TextReader.of(
                        fitting,
                        recipe -> new TextReader.Parts(recipe.tokenizer(), recipe.model()),
                        corpus -> corpus.train().stream().map(TextValue::text).toList()),
                fitting.once(
                        TargetScale.FILE,
                        (_, corpus) -> TargetScale.of(corpus.train(), TextValue::value)));
    }

    @Override
    public SequenceClassifier model(RegressionRecipe recipe, Fitted fitted, Seed seed) {
        return fitted.reader()
                .classifier(
                        recipe.model(),
                        new TextReader.Outputs(
                                recipe.pooling(), recipe.data().maxTokens(), OUTPUTS),
                        seed);
    }

    private static TextCoding coding(RegressionRecipe recipe, Fitted fitted) {
        return fitted.reader().coding(recipe.data().maxTokens(), recipe.data().keep());
    }

    @Override
    public TrainingSetup setup(
            RegressionRecipe recipe,
            Fitted fitted,
            SequenceClassifier model,
            Corpus<TextValue> corpus) {
        TextCoding coding = coding(recipe, fitted);
        return new TrainingSetup(
                new RegressionObjective(
                        model,
                        fitted.scale(),
                        recipe.loss(),
                        recipe,
                        examples(corpus.train(), coding),
                        examples(corpus.validation(), coding),
                        TextReader.rates(recipe.model(), model)),
                String.format(
                        Locale.ROOT,
                        "%s: %,d texts with numbers of mean %.4g and deviation %.4g, shortened to"
                                + " %d tokens, vocabulary %,d",
                        corpus.name(),
                        corpus.train().size(),
                        fitted.scale().mean(),
                        fitted.scale().deviation(),
                        coding.maxTokens(),
                        coding.vocabulary()));
    }

    private static List<RegressionObjective.Example> examples(
            List<TextValue> texts, TextCoding coding) {
        return RegressionObjective.Example.of(
                texts, text -> EncodedText.of(coding.encode(text.text())), TextValue::value);
    }

    @Override
    public TextRegressor predictor(
            RegressionRecipe recipe, Fitted fitted, SequenceClassifier model) {
        return new TextRegressor(
                coding(recipe, fitted), LowRankAdapter.merge(model), fitted.scale());
    }

    @Override
    public Report evaluate(
            TextRegressor regressor,
            RegressionRecipe recipe,
            Corpus<TextValue> corpus,
            Split split) {
        RegressionScore score =
                RegressionScore.of(
                        regressor,
                        corpus.part(split, "'data.test' or 'data.testFile'"),
                        corpus.train());
        return new Report(score, score.text("texts"));
    }

    @Override
    public List<Sample> samples(TextRegressor predictor, List<TextValue> examples) {
        List<Double> answers =
                predictor.predictAll(examples.stream().map(TextValue::text).toList());
        return IntStream.range(0, answers.size())
                .mapToObj(
                        i ->
                                new Sample(
                                        examples.get(i).text(),
                                        Double.toString(examples.get(i).value()),
                                        String.format(Locale.ROOT, "%.6g", answers.get(i))))
                .toList();
    }
}
