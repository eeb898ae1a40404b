package dev.unroll.tasks.tagging;

import dev.unroll.backend.Noise;
import dev.unroll.backend.Workspace;
import dev.unroll.data.Batches;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Parameters;
import dev.unroll.nn.SequenceTagger;
import dev.unroll.nn.WordReader;
import dev.unroll.tasks.data.TaggedSentence;
import dev.unroll.tasks.metrics.Confusion;
import dev.unroll.tasks.model.ClassNames;
import dev.unroll.tasks.recipe.TaggingRecipe;
import dev.unroll.tensor.CrossEntropy;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import dev.unroll.train.Objective;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Learning tags: sentences as numbers, in batches, and their loss. */
final class TaggingLesson implements Objective<TaggingLesson.Batch> {

    /**
     * Some sentences.
     *
     * @param words as numbers
     * @param tags [tokens]
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Batch(WordReader.Words words, int[] tags) {}

    private final SequenceTagger model;
    private final Lexicon lexicon;
    private final ClassNames tags;
    private final TaggingRecipe recipe;
    private final List<TaggedSentence> training;
    private final List<TaggedSentence> validation;

    TaggingLesson(
            SequenceTagger model,
            Lexicon lexicon,
            ClassNames tags,
            TaggedSentences data,
            TaggingRecipe recipe) {
        this.model = model;
        this.lexicon = lexicon;
        this.tags = tags;
        this.recipe = recipe;
        this.training = Piece.shortened(data.splits().train());
        this.validation = Piece.shortened(data.splits().validation());
    }

    @Override
    public Map<String, Parameter> parameters() {
        return Parameters.of(model);
    }

    /** Rare words are unknown at other places in each epoch. */
    @Override
    public List<Batch> batches(int epoch) {
        long seed = recipe.training().seed();
        long key = Noise.key(Noise.key(seed, "unknown words"), epoch);
        return batches(
                training,
                seed,
                epoch,
                (word, place) ->
                        lexicon.count(word) <= recipe.words().rare()
                                && Noise.uniform(key, place) < recipe.words().unknown());
    }

    /** Whether a word, by its number, is unknown at a place of the data. */
    private interface Forgetting {
        boolean forgets(int word, int place);
    }

    private List<Batch> batches(
            List<TaggedSentence> sentences, long seed, int epoch, Forgetting forgetting) {
        int[] lengths = sentences.stream().mapToInt(TaggedSentence::length).toArray();
        int[] begins = new int[lengths.length];
        for (int i = 1; i < begins.length; i++) {
            begins[i] = begins[i - 1] + lengths[i - 1];
        }
        List<Batch> batches = new ArrayList<>();
        int budget = recipe.training().batchTokens();
        for (int[] group : Batches.epoch(lengths, budget, seed, epoch)) {
            List<TaggedSentence> some = Arrays.stream(group).mapToObj(sentences::get).toList();
            int[] places =
                    Arrays.stream(group)
                            .flatMap(i -> IntStream.range(begins[i], begins[i] + lengths[i]))
                            .toArray();
            List<String> words = some.stream().flatMap(s -> s.words().stream()).toList();
            IntPredicate forgotten =
                    at -> forgetting.forgets(lexicon.word(words.get(at)), places[at]);
            batches.add(
                    new Batch(
                            lexicon.encode(
                                    some.stream().map(TaggedSentence::words).toList(), forgotten),
                            some.stream()
                                    .flatMap(s -> s.tags().stream())
                                    .mapToInt(tags::number)
                                    .toArray()));
        }
        return batches;
    }

    @Override
    public Tensor loss(Batch batch, Mode mode) {
        return model.loss(batch.words(), batch.tags(), mode);
    }

    @Override
    public int tokens(Batch batch) {
        return batch.tags().length;
    }

    /** Loss, accuracy and macro-F1 of the validation set. */
    @Override
    public Map<String, Double> validate() {
        double sum = 0;
        Confusion confusion = Confusion.none(tags.names());
        for (Batch batch : batches(validation, 0, 0, (word, place) -> false)) {
            Answers answers = Workspace.run(() -> answers(batch));
            sum += answers.loss() * batch.tags().length;
            confusion = confusion.plus(Confusion.of(tags.names(), batch.tags(), answers.tags()));
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("loss", sum / Math.max(1, confusion.total()));
        figures.put("accuracy", confusion.accuracy());
        figures.put("macroF1", confusion.macroF1());
        return figures;
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Answers(double loss, int[] tags) {}

    private Answers answers(Batch batch) {
        Tensor logits = model.logits(batch.words(), Mode.INFERENCE); // [tokens, tags]
        double loss = CrossEntropy.mean(logits, batch.tags(), 0).item();
        return new Answers(loss, logits.argMax());
    }
}
