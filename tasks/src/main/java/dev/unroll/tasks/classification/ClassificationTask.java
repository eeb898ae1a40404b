package dev.unroll.tasks.classification;

import dev.unroll.data.Corpus;
import dev.unroll.data.LabelledText;
import dev.unroll.data.Split;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.LowRankAdapter;
import dev.unroll.nn.models.SequenceClassifier;
import dev.unroll.tasks.Report;
import dev.unroll.tasks.Sample;
import dev.unroll.tasks.model.ClassNames;
import dev.unroll.tasks.model.EncodedText;
import dev.unroll.tasks.model.TargetWeights;
import dev.unroll.tasks.model.TextCoding;
import dev.unroll.tasks.model.TextReader;
import dev.unroll.tasks.task.Fitting;
import dev.unroll.tasks.task.TaskDefinition;
import dev.unroll.tasks.task.TrainingSetup;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/** Learning to say which class a text is of. */
public final class ClassificationTask
        implements TaskDefinition<
                ClassificationRecipe,
                LabelledText,
                ClassificationTask.Fitted,
                SequenceClassifier,
                Classifier> {
    public static final ClassificationTask TASK = new ClassificationTask();

    private ClassificationTask() {}

    /**
     * The parts that are fitted on the training set besides the weights.
     *
     * @param reader how texts are read
     * @param classes their names
     */
    record Fitted(TextReader reader, ClassNames classes) {}

    @Override
    public Class<ClassificationRecipe> recipe() {
        return ClassificationRecipe.class;
    }

    @Override
    public Corpus<LabelledText> corpus(ClassificationRecipe recipe, DataFiles files)
            throws IOException {
        return LabelledTexts.of(recipe.data(), recipe.training().seed(), files);
    }

    @Override
    public Fitted fitted(Fitting<ClassificationRecipe, LabelledText> fitting) throws IOException {
        return new Fitted(
                TextReader.of(
                        fitting,
                        recipe -> new TextReader.Parts(recipe.tokenizer(), recipe.model()),
                        corpus -> corpus.train().stream().map(LabelledText::text).toList()),
                ClassNames.of(fitting));
    }

    @Override
    public SequenceClassifier model(ClassificationRecipe recipe, Fitted fitted, Seed seed) {
        return fitted.reader()
                .classifier(
                        recipe.model(),
                        new TextReader.Outputs(
                                recipe.pooling(),
                                recipe.data().maxTokens(),
                                fitted.classes().size()),
                        seed);
    }

    private static TextCoding coding(ClassificationRecipe recipe, Fitted fitted) {
        return fitted.reader().coding(recipe.data().maxTokens(), recipe.data().keep());
    }

    @Override
    public TrainingSetup setup(
            ClassificationRecipe recipe,
            Fitted fitted,
            SequenceClassifier model,
            Corpus<LabelledText> corpus) {
        ClassNames classes = fitted.classes();
        TextCoding coding = coding(recipe, fitted);
        List<ClassificationObjective.Example> training = examples(corpus.train(), classes, coding);
        return new TrainingSetup(
                new ClassificationObjective(
                        model,
                        classes,
                        recipe,
                        training,
                        examples(corpus.validation(), classes, coding),
                        TextReader.rates(recipe.model(), model),
                        TargetWeights.of(
                                recipe.training().classWeights(),
                                classes,
                                training.stream()
                                        .mapToInt(ClassificationObjective.Example::label))),
                "%s: %,d texts of %d classes, shortened to %d tokens, vocabulary %,d"
                        .formatted(
                                corpus.name(),
                                corpus.train().size(),
                                classes.size(),
                                coding.maxTokens(),
                                coding.vocabulary()));
    }

    private static List<ClassificationObjective.Example> examples(
            List<LabelledText> texts, ClassNames classes, TextCoding coding) {
        return ClassificationObjective.Example.of(
                texts,
                text -> EncodedText.of(coding.encode(text.text())),
                classes,
                LabelledText::label);
    }

    @Override
    public Classifier predictor(
            ClassificationRecipe recipe, Fitted fitted, SequenceClassifier model) {
        return new Classifier(
                coding(recipe, fitted), LowRankAdapter.merge(model), fitted.classes().names());
    }

    @Override
    public Report evaluate(
            Classifier classifier,
            ClassificationRecipe recipe,
            Corpus<LabelledText> corpus,
            Split split) {
        ClassificationScore score =
                ClassificationScore.of(
                        classifier, corpus.part(split, "'data.test' or 'data.testFile'"));
        return new Report(score, score.text("texts"));
    }

    @Override
    public List<Sample> samples(Classifier predictor, List<LabelledText> examples) {
        List<Classification> answers =
                predictor.predictAll(examples.stream().map(LabelledText::text).toList());
        return IntStream.range(0, answers.size())
                .mapToObj(
                        i ->
                                new Sample(
                                        examples.get(i).text(),
                                        examples.get(i).label(),
                                        "%s (%.2f)"
                                                .formatted(
                                                        answers.get(i).label(),
                                                        answers.get(i).probability())))
                .toList();
    }
}
