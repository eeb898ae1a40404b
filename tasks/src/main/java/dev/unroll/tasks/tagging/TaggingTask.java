package dev.unroll.tasks.tagging;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.data.TaggedSentence;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.nn.Seed;
import dev.unroll.nn.models.CharacterAwareEmbedding;
import dev.unroll.nn.models.SequenceEncoder;
import dev.unroll.nn.models.SequenceLabeller;
import dev.unroll.nn.models.SequencePooling;
import dev.unroll.nn.models.SequenceTagger;
import dev.unroll.tasks.Report;
import dev.unroll.tasks.Sample;
import dev.unroll.tasks.model.ClassNames;
import dev.unroll.tasks.model.Networks;
import dev.unroll.tasks.model.TargetWeights;
import dev.unroll.tasks.recipe.NetworkRecipe;
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
                TaggingRecipe, TaggedSentence, TaggingTask.Fitted, SequenceTagger, Tagger> {
    public static final TaggingTask TASK = new TaggingTask();

    private TaggingTask() {}

    /**
     * The parts that are fitted on the training set besides the weights.
     *
     * @param lexicon words and characters as numbers
     * @param tags their names
     */
    record Fitted(Lexicon lexicon, ClassNames tags) {
        /** The form is the recipe's, and not in the file. */
        Fitted in(TaggingRecipe recipe) {
            return new Fitted(lexicon.in(form(recipe)), tags);
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
        return new Fitted(
                fitting.once(
                        Lexicon.FILE, (recipe, corpus) -> Lexicon.of(corpus.train(), form(recipe))),
                ClassNames.of(fitting));
    }

    @Override
    public SequenceTagger model(TaggingRecipe recipe, Fitted fitted, Seed seed) {
        NetworkRecipe network = recipe.model();
        CharacterAwareEmbedding reader =
                CharacterAwareEmbedding.of(
                        fitted.lexicon().wordCount(),
                        network.width(),
                        fitted.lexicon().characterCount(),
                        recipe.words().characterWidth(),
                        spelling(recipe.words(), network.dropout(), seed.at("spelling")),
                        pooling(recipe.words().kind()),
                        seed.at("words"));
        SequenceEncoder encoder =
                Networks.encoder(network, reader.width(), Piece.LONGEST, seed.at("encoder"));
        return new SequenceTagger(
                reader,
                SequenceLabeller.of(
                        encoder,
                        network.dropout(),
                        network.dropout(),
                        fitted.tags().size(),
                        seed.at("labels")));
    }

    private static SequenceEncoder spelling(WordsRecipe words, double dropout, Seed seed) {
        return Networks.encoder(
                NetworkRecipe.of(words.kind(), words.hidden(), dropout),
                words.characterWidth(),
                Lexicon.MOST_CHARACTERS,
                seed);
    }

    /** A recurrent network has read the word when it ends; of the others every row counts alike. */
    private static SequencePooling.Kind pooling(String kind) {
        return switch (kind) {
            case NetworkRecipe.TRANSFORMER, NetworkRecipe.MLP -> SequencePooling.Kind.MEAN;
            default -> SequencePooling.Kind.LAST;
        };
    }

    @Override
    public TrainingSetup setup(
            TaggingRecipe recipe,
            Fitted fitted,
            SequenceTagger model,
            Corpus<TaggedSentence> corpus) {
        return new TrainingSetup(
                new TaggingObjective(
                        model,
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
                "%s: %,d sentences, %,d words, %d tags"
                        .formatted(
                                corpus.name(),
                                corpus.train().size(),
                                fitted.lexicon().wordCount() - 1,
                                fitted.tags().size()));
    }

    @Override
    public Tagger predictor(TaggingRecipe recipe, Fitted fitted, SequenceTagger model) {
        return new Tagger(fitted.in(recipe).lexicon(), model, fitted.tags().names());
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
