package dev.unroll.tasks.tagging;

import dev.unroll.data.TaggedSentence;
import dev.unroll.nn.Mode;
import dev.unroll.nn.Model;
import dev.unroll.random.Noise;
import dev.unroll.tasks.model.ClassNames;
import dev.unroll.tasks.model.ClassObjective;
import dev.unroll.tasks.model.TargetWeights;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * Training a tagger: sentences as numbers, in batches, and their loss. Rare words are unknown at
 * other places in each epoch.
 */
record TaggingObjective(
        Model model,
        WordReader.Network network,
        TaggingTask.Fitted fitted,
        TaggingRecipe recipe,
        List<Example> train,
        List<Example> validation,
        TargetWeights weights)
        implements ClassObjective<TaggingObjective.Example, TaggingObjective.Batch> {

    /**
     * A sentence.
     *
     * @param begin the place of its first word among the words of all examples
     */
    record Example(TaggedSentence sentence, int begin) {
        static List<Example> of(List<TaggedSentence> sentences) {
            List<Example> examples = new ArrayList<>();
            int begin = 0;
            for (TaggedSentence sentence : Piece.shortened(sentences)) {
                examples.add(new Example(sentence, begin));
                begin += sentence.length();
            }
            return examples;
        }
    }

    /**
     * Some sentences.
     *
     * @param words as numbers
     * @param tags [tokens]
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Batch(WordReader.Encoded words, int[] tags) {}

    @Override
    public ClassNames classes() {
        return fitted.tags();
    }

    @Override
    public int length(Example example) {
        return example.sentence().length();
    }

    @Override
    public Batch batch(List<Example> examples, int[] group, OptionalInt epoch) {
        List<Example> some = Arrays.stream(group).mapToObj(examples::get).toList();
        List<TaggedSentence> sentences = some.stream().map(Example::sentence).toList();
        boolean[] unknown = epoch.isPresent() ? unknown(some, epoch.getAsInt()) : new boolean[0];
        return new Batch(
                network.encode(
                        sentences.stream().map(TaggedSentence::words).toList(),
                        at -> unknown.length > 0 && unknown[at]),
                sentences.stream()
                        .flatMap(sentence -> sentence.tags().stream())
                        .mapToInt(fitted.tags()::number)
                        .toArray());
    }

    /** Which of the words, counted over all sentences, are unknown in an epoch. */
    private boolean[] unknown(List<Example> examples, int epoch) {
        long key = Noise.key(Noise.key(training().seed(), "unknown words"), epoch);
        WordReader reader = fitted.reader();
        boolean[] unknown =
                new boolean[examples.stream().mapToInt(e -> e.sentence().length()).sum()];
        int at = 0;
        for (Example example : examples) {
            int place = example.begin();
            for (String word : example.sentence().words()) {
                unknown[at++] =
                        reader.count(word) <= recipe.words().rare()
                                && Noise.uniform(key, place) < recipe.words().unknown();
                place++;
            }
        }
        return unknown;
    }

    @Override
    public Tensor loss(Batch batch, Mode mode) {
        return weights.loss(
                batch.words().logits(mode), batch.tags(), (float) mode.labelSmoothing());
    }

    @Override
    public Tensor logits(Batch batch) {
        return batch.words().logits(Mode.INFERENCE);
    }

    @Override
    public int[] labels(Batch batch) {
        return batch.tags();
    }
}
