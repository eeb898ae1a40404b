package dev.unroll.tasks.translation;

import dev.unroll.backend.Workspace;
import dev.unroll.data.Batches;
import dev.unroll.nn.EncoderDecoder;
import dev.unroll.nn.Mode;
import dev.unroll.tasks.data.Pair;
import dev.unroll.tasks.recipe.TranslationRecipe;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.Vocabulary;
import dev.unroll.train.Objective;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Learning to translate: pairs of sentences as numbers, in batches, and their loss. */
final class TranslationLesson implements Objective<TranslationLesson.Batch> {

    /**
     * Some pairs.
     *
     * @param source each ended by the end token
     * @param before each target with the start token in front
     * @param after [tokens], each target with the end token behind
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Batch(Tokens source, Tokens before, int[] after) {}

    /**
     * Pairs as numbers.
     *
     * @param sources each ended by the end token
     * @param targets without start and end
     * @param tooLong how many pairs were left out
     */
    record Encoded(List<int[]> sources, List<int[]> targets, int tooLong) {

        static Encoded of(List<Pair> pairs, Tokenizer tokenizer, int maxTokens) {
            List<int[]> sources = new ArrayList<>();
            List<int[]> targets = new ArrayList<>();
            int tooLong = 0;
            for (Pair pair : pairs) {
                int[] source = tokenizer.encode(pair.source());
                int[] target = tokenizer.encode(pair.target());
                if (source.length > maxTokens || target.length > maxTokens) {
                    tooLong++;
                    continue;
                }
                int[] ended = Arrays.copyOf(source, source.length + 1);
                ended[source.length] = tokenizer.vocabulary().end();
                sources.add(ended);
                targets.add(target);
            }
            return new Encoded(sources, targets, tooLong);
        }

        int size() {
            return sources.size();
        }
    }

    private final EncoderDecoder model;
    private final Tokenizer tokenizer;
    private final TranslationRecipe recipe;
    private final Encoded training;
    private final Encoded validation;
    private final List<Pair> toTranslate;

    TranslationLesson(
            EncoderDecoder model,
            Tokenizer tokenizer,
            TranslationRecipe recipe,
            Encoded training,
            Encoded validation,
            List<Pair> toTranslate) {
        this.model = model;
        this.tokenizer = tokenizer;
        this.recipe = recipe;
        this.training = training;
        this.validation = validation;
        this.toTranslate = toTranslate;
    }

    @Override
    public Map<String, Parameter> parameters() {
        return model.parameters();
    }

    @Override
    public List<Batch> batches(int epoch) {
        return batches(training, recipe.training().seed(), epoch);
    }

    private List<Batch> batches(Encoded pairs, long seed, int epoch) {
        int[] sources = pairs.sources().stream().mapToInt(s -> s.length).toArray();
        int[] targets = pairs.targets().stream().mapToInt(t -> t.length + 1).toArray();
        int[][] groups =
                Batches.epoch(sources, targets, recipe.training().batchTokens(), seed, epoch);
        return Arrays.stream(groups).map(group -> batch(pairs, group)).toList();
    }

    private Batch batch(Encoded pairs, int[] group) {
        Vocabulary vocabulary = tokenizer.vocabulary();
        Tokens targets = Tokens.of(Arrays.stream(group).mapToObj(pairs.targets()::get).toList());
        return new Batch(
                Tokens.of(Arrays.stream(group).mapToObj(pairs.sources()::get).toList()),
                targets.startingWith(vocabulary.start()),
                targets.endingWith(vocabulary.end()).ids());
    }

    @Override
    public Tensor loss(Batch batch, Mode mode) {
        return model.loss(batch.source(), batch.before(), batch.after(), mode);
    }

    @Override
    public int tokens(Batch batch) {
        return batch.source().ids().length + batch.after().length;
    }

    /** Loss of the validation set, and how its first sentences are translated, greedily. */
    @Override
    public Map<String, Double> validate() {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("loss", validationLoss());
        Translator translator =
                new Translator(tokenizer, model, recipe.decoding())
                        .with(recipe.decoding().greedy());
        TranslationScore score = TranslationScore.of(translator, toTranslate);
        figures.put("bleu", score.bleu());
        figures.put("chrf", score.chrf());
        figures.put("exactMatch", score.exactMatch());
        return figures;
    }

    private double validationLoss() {
        double sum = 0;
        long tokens = 0;
        for (Batch batch : batches(validation, 0, 0)) {
            double loss = Workspace.run(() -> (double) loss(batch, Mode.INFERENCE).item());
            sum += loss * batch.after().length;
            tokens += batch.after().length;
        }
        return sum / Math.max(1, tokens);
    }
}
