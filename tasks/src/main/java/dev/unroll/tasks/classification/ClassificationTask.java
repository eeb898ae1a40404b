package dev.unroll.tasks.classification;

import dev.unroll.data.Corpus;
import dev.unroll.data.LabelledText;
import dev.unroll.data.Split;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.nn.Seed;
import dev.unroll.nn.models.SequenceClassifier;
import dev.unroll.tasks.Report;
import dev.unroll.tasks.Sample;
import dev.unroll.tasks.model.ClassNames;
import dev.unroll.tasks.model.Networks;
import dev.unroll.tasks.model.TargetWeights;
import dev.unroll.tasks.model.Tokenizers;
import dev.unroll.tasks.model.TruncatingEncoder;
import dev.unroll.tasks.task.Fitting;
import dev.unroll.tasks.task.TaskDefinition;
import dev.unroll.tasks.task.TrainingSetup;
import dev.unroll.text.Tokenizer;
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
     * @param tokenizer text to numbers
     * @param classes their names
     */
    record Fitted(Tokenizer tokenizer, ClassNames classes) {}

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
                Tokenizers.of(
                        fitting,
                        ClassificationRecipe::tokenizer,
                        corpus -> corpus.train().stream().map(LabelledText::text).toList()),
                ClassNames.of(fitting));
    }

    @Override
    public SequenceClassifier model(ClassificationRecipe recipe, Fitted fitted, Seed seed) {
        int vocabulary = fitted.tokenizer().vocabulary().size();
        return model(recipe, vocabulary, fitted.classes().size(), seed);
    }

    static SequenceClassifier model(
            ClassificationRecipe recipe, int vocabulary, int classes, Seed seed) {
        int width = recipe.model().width();
        int longest = recipe.data().maxTokens() + 1;
        return SequenceClassifier.of(
                Networks.encoder(recipe.model(), width, longest, seed.at("encoder")),
                recipe.pooling(),
                recipe.model().dropout(),
                vocabulary,
                width,
                classes,
                seed);
    }

    private static TruncatingEncoder coding(ClassificationRecipe recipe, Fitted fitted) {
        return new TruncatingEncoder(
                fitted.tokenizer(), recipe.data().maxTokens(), recipe.data().keep());
    }

    @Override
    public TrainingSetup setup(
            ClassificationRecipe recipe,
            Fitted fitted,
            SequenceClassifier model,
            Corpus<LabelledText> corpus) {
        ClassNames classes = fitted.classes();
        TruncatingEncoder coding = coding(recipe, fitted);
        List<ClassificationObjective.Example> training =
                ClassificationObjective.Example.of(corpus.train(), classes, coding);
        return new TrainingSetup(
                new ClassificationObjective(
                        model,
                        classes,
                        recipe,
                        training,
                        ClassificationObjective.Example.of(corpus.validation(), classes, coding),
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
                                fitted.tokenizer().vocabulary().size()));
    }

    @Override
    public Classifier predictor(
            ClassificationRecipe recipe, Fitted fitted, SequenceClassifier model) {
        return new Classifier(coding(recipe, fitted), model, fitted.classes().names());
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
        return new Report(score, score.text());
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
