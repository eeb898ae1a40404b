package dev.unroll.tasks.translation;

import dev.unroll.data.Pair;
import dev.unroll.nn.Mode;
import dev.unroll.nn.models.EncoderDecoder;
import dev.unroll.tasks.task.SupervisedObjective;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.Vocabulary;
import dev.unroll.train.Batches;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Training a translator: pairs of sentences as numbers, in batches, and their loss.
 *
 * @param toTranslate pairs of the validation set that are translated to measure the model
 */
record TranslationObjective(
        EncoderDecoder model,
        Tokenizer tokenizer,
        TranslationRecipe recipe,
        List<Example> train,
        List<Example> validation,
        List<Pair> toTranslate)
        implements SupervisedObjective<TranslationObjective.Example, TranslationObjective.Batch> {

    /**
     * A pair as numbers.
     *
     * @param source ended by the end token
     * @param target without start and end
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Example(int[] source, int[] target) {

        /** The pairs of which neither side is too long. */
        static List<Example> of(List<Pair> pairs, Tokenizer tokenizer, int maxTokens) {
            List<Example> examples = new ArrayList<>();
            for (Pair pair : pairs) {
                int[] source = tokenizer.encode(pair.source());
                int[] target = tokenizer.encode(pair.target());
                if (source.length <= maxTokens && target.length <= maxTokens) {
                    int[] ended = Arrays.copyOf(source, source.length + 1);
                    ended[source.length] = tokenizer.vocabulary().end();
                    examples.add(new Example(ended, target));
                }
            }
            return examples;
        }
    }

    /**
     * Some pairs.
     *
     * @param source each ended by the end token
     * @param before each target with the start token in front
     * @param after [tokens], each target with the end token behind
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Batch(Tokens source, Tokens before, int[] after) {}

    @Override
    public int[][] groups(List<Example> examples, int budget, long seed, int epoch) {
        int[] sources = examples.stream().mapToInt(e -> e.source().length).toArray();
        int[] targets = examples.stream().mapToInt(e -> e.target().length + 1).toArray();
        return Batches.epoch(sources, targets, budget, seed, epoch);
    }

    @Override
    public Batch batch(List<Example> examples, int[] group, OptionalInt epoch) {
        Vocabulary vocabulary = tokenizer.vocabulary();
        List<Example> some = Arrays.stream(group).mapToObj(examples::get).toList();
        Tokens targets = Tokens.of(some.stream().map(Example::target).toList());
        return new Batch(
                Tokens.of(some.stream().map(Example::source).toList()),
                targets.startingWith(vocabulary.start()),
                targets.endingWith(vocabulary.end()).ids());
    }

    @Override
    public Tensor loss(Batch batch, Mode mode) {
        return model.loss(batch.source(), batch.before(), batch.after(), mode);
    }

    @Override
    public int targets(Batch batch) {
        return batch.after().length;
    }

    @Override
    public int tokens(Batch batch) {
        return batch.source().ids().length + batch.after().length;
    }

    /** Loss of the validation set, and how its first sentences are translated, greedily. */
    @Override
    public Map<String, Double> validate() {
        Translator translator =
                new Translator(tokenizer, model, recipe.decoding())
                        .with(recipe.decoding().greedy());
        TranslationScore score = TranslationScore.of(translator, toTranslate, recipe.metrics());
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("loss", validationLoss());
        metrics.put("bleu", score.bleu());
        metrics.put("chrf", score.chrf());
        metrics.put("exactMatch", score.exactMatch());
        return metrics;
    }
}
