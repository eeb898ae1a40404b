package dev.unroll.tasks.tagging;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.data.TaggedSentence;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.nn.Model;
import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.LowRankAdapter;
import dev.unroll.tasks.Report;
import dev.unroll.tasks.Sample;
import dev.unroll.tasks.model.ClassNames;
import dev.unroll.tasks.model.PretrainedReader;
import dev.unroll.tasks.model.TargetWeights;
import dev.unroll.tasks.task.Fitting;
import dev.unroll.tasks.task.TaskDefinition;
import dev.unroll.tasks.task.TrainingSetup;
import dev.unroll.text.Normalization;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Learning to tag words. */
public final class TaggingTask
        implements TaskDefinition<
                TaggingRecipe, TaggedSentence, TaggingTask.Fitted, Model, Tagger> {
    public static final TaggingTask TASK = new TaggingTask();

    private TaggingTask() {}

    /**
     * The parts that are fitted on the training set besides the weights.
     *
     * @param reader how words are read
     * @param tags their names
     */
    record Fitted(WordReader reader, ClassNames tags) {
        /** The form is the recipe's, and not in the file. */
        Fitted in(TaggingRecipe recipe) {
            return new Fitted(reader.in(form(recipe)), tags);
        }
    }

    private static Normalization form(TaggingRecipe recipe) {
        return Normalization.of(recipe.words().normalization().form(), false);
    }

    @Override
    public Class<TaggingRecipe> recipe() {
        return TaggingRecipe.class;
    }

    @Override
    public Corpus<TaggedSentence> corpus(TaggingRecipe recipe, DataFiles files) throws IOException {
        return TaggedSentences.of(recipe.data(), recipe.training().seed(), files);
    }

    @Override
    public Fitted fitted(Fitting<TaggingRecipe, TaggedSentence> fitting) throws IOException {
        return new Fitted(reader(fitting), ClassNames.of(fitting));
    }

    private static WordReader reader(Fitting<TaggingRecipe, TaggedSentence> fitting)
            throws IOException {
        return PretrainedReader.isIn(fitting, TaggingRecipe::model)
                ? new PieceReader(PretrainedReader.of(fitting, TaggingRecipe::model))
                : new LexiconReader(
                        fitting.once(
                                Lexicon.FILE,
                                (recipe, corpus) -> Lexicon.of(corpus.train(), form(recipe))));
    }

    @Override
    public Model model(TaggingRecipe recipe, Fitted fitted, Seed seed) {
        return fitted.reader().model(recipe, fitted.tags().size(), seed);
    }

    @Override
    public TrainingSetup setup(
            TaggingRecipe recipe, Fitted fitted, Model model, Corpus<TaggedSentence> corpus) {
        return new TrainingSetup(
                new TaggingObjective(
                        model,
                        fitted.in(recipe).reader().network(model),
                        fitted.in(recipe),
                        recipe,
                        TaggingObjective.Example.of(corpus.train()),
                        TaggingObjective.Example.of(corpus.validation()),
                        TargetWeights.of(
                                recipe.training().classWeights(),
                                fitted.tags(),
                                corpus.train().stream()
                                        .flatMap(sentence -> sentence.tags().stream())
                                        .mapToInt(fitted.tags()::number))),
                "%s: %,d sentences, %s, %d tags"
                        .formatted(
                                corpus.name(),
                                corpus.train().size(),
                                fitted.reader().summary(),
                                fitted.tags().size()));
    }

    @Override
    public Tagger predictor(TaggingRecipe recipe, Fitted fitted, Model model) {
        WordReader reader = fitted.in(recipe).reader();
        return new Tagger(
                reader, reader.network(LowRankAdapter.merge(model)), fitted.tags().names());
    }

    @Override
    public Report evaluate(
            Tagger tagger, TaggingRecipe recipe, Corpus<TaggedSentence> corpus, Split split) {
        TaggingScore score =
                TaggingScore.of(tagger, corpus.part(split, "'data.test' or 'data.testFile'"));
        return new Report(score, score.text());
    }

    @Override
    public List<Sample> samples(Tagger predictor, List<TaggedSentence> examples) {
        List<List<Tag>> answers =
                predictor.predictAll(examples.stream().map(TaggedSentence::words).toList());
        return IntStream.range(0, answers.size())
                .mapToObj(
                        i ->
                                new Sample(
                                        String.join(" ", examples.get(i).words()),
                                        String.join(" ", examples.get(i).tags()),
                                        answers.get(i).stream()
                                                .map(Tag::tag)
                                                .collect(Collectors.joining(" "))))
                .toList();
    }
}
