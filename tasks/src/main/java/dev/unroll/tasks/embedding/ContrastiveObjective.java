package dev.unroll.tasks.embedding;

import dev.unroll.nn.Mode;
import dev.unroll.nn.models.SequenceEncoder;
import dev.unroll.pretrained.network.BertEncoder;
import dev.unroll.tasks.metrics.Retrieval;
import dev.unroll.tasks.model.FineTuning;
import dev.unroll.tasks.model.InferenceBatches;
import dev.unroll.tasks.task.SupervisedObjective;
import dev.unroll.tensor.ContrastiveLoss;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;
import dev.unroll.train.Batches;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Training an encoder by pairs of texts: in a batch, each text should be more like its partner than
 * like the partners of the others ({@link ContrastiveLoss}).
 */
record ContrastiveObjective(
        BertEncoder model,
        Pooling pooling,
        EmbeddingRecipe recipe,
        Pairs pairs,
        Found found,
        FineTuning.Rates rates)
        implements SupervisedObjective<ContrastiveObjective.Example, ContrastiveObjective.Batch> {

    /** Tokens that go through the network together when it is measured. */
    private static final int TOGETHER = 2_048;

    /**
     * A text as tokens.
     *
     * @param ids with special tokens
     * @param number the same for the same text, and for no other
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Text(int[] ids, int number) {}

    /**
     * Texts that belong together.
     *
     * @param first a text
     * @param second its partner
     * @param negative a text that is not; null for none
     */
    record Example(Text first, Text second, @Nullable Text negative) {
        private int tokens() {
            return second.ids().length + (negative == null ? 0 : negative.ids().length);
        }
    }

    /**
     * The pairs as tokens.
     *
     * @param train the training set
     * @param validation the validation set
     * @param together for the number of a text, the numbers of those that it stands with in a pair
     *     of the same set
     */
    record Pairs(
            List<Example> train, List<Example> validation, Map<Integer, Set<Integer>> together) {

        /** Encodes pairs; equal texts get one number. */
        static Pairs of(
                List<MatchingTexts> train,
                List<MatchingTexts> validation,
                TextTokens first,
                TextTokens second) {
            Map<String, Integer> numbers = new HashMap<>();
            ToIntFunction<String> number =
                    text -> numbers.computeIfAbsent(text, _ -> numbers.size());
            List<Example> learnt = examples(train, number, first, second);
            List<Example> decides = examples(validation, number, first, second);
            Map<Integer, Set<Integer>> together = new HashMap<>();
            Stream.of(learnt, decides)
                    .flatMap(List::stream)
                    .forEach(
                            pair -> {
                                int a = pair.first().number();
                                int b = pair.second().number();
                                together.computeIfAbsent(a, _ -> new HashSet<>()).add(b);
                                together.computeIfAbsent(b, _ -> new HashSet<>()).add(a);
                            });
            return new Pairs(learnt, decides, together);
        }

        private static List<Example> examples(
                List<MatchingTexts> pairs,
                ToIntFunction<String> number,
                TextTokens first,
                TextTokens second) {
            List<Example> examples = new ArrayList<>();
            for (MatchingTexts pair : pairs) {
                String one = pair.texts().first();
                String two = pair.texts().second();
                String none = pair.negative();
                examples.add(
                        new Example(
                                new Text(first.ids(one), number.applyAsInt(one)),
                                new Text(second.ids(two), number.applyAsInt(two)),
                                none == null
                                        ? null
                                        : new Text(second.ids(none), number.applyAsInt(none))));
            }
            return List.copyOf(examples);
        }

        /** {@return whether two texts are one, or stand together in a pair} */
        boolean match(Text a, Text b) {
            return a.number() == b.number()
                    || together.getOrDefault(a.number(), Set.of()).contains(b.number());
        }
    }

    /** Makes tokens of a text. */
    @FunctionalInterface
    interface TextTokens {
        /** {@return the tokens of a text, with special ones} */
        int[] ids(String text);
    }

    /**
     * The validation set as questions and texts that are searched.
     *
     * @param questions of the validation set
     * @param asked the tokens of each question
     * @param searched the tokens of each text
     */
    record Found(RetrievalQuestions questions, List<int[]> asked, List<int[]> searched) {}

    /**
     * Some pairs.
     *
     * @param tokens of all first texts, all second ones and all negatives, laid end to end
     * @param first the first texts
     * @param second their partners, and behind them the negatives
     */
    record Batch(Tokens tokens, List<Text> first, List<Text> second) {}

    @Override
    public List<Example> train() {
        return pairs.train();
    }

    @Override
    public List<Example> validation() {
        return pairs.validation();
    }

    @Override
    public int[][] groups(List<Example> examples, int budget, long seed, int epoch) {
        return Batches.epoch(
                examples.stream().mapToInt(e -> e.first().ids().length).toArray(),
                examples.stream().mapToInt(Example::tokens).toArray(),
                budget,
                seed,
                epoch);
    }

    /**
     * {@return whether a batch has two pairs, or a pair has a wrong text of its own; else nothing
     * can be learnt} Texts are not compared: two pairs that share a text are two pairs here.
     */
    boolean hasSeveralTexts() {
        return train().stream().anyMatch(pair -> pair.negative() != null)
                || Arrays.stream(groups(train(), training().batchTokens(), training().seed(), 0))
                        .anyMatch(group -> group.length > 1);
    }

    @Override
    public Batch batch(List<Example> examples, int[] group, OptionalInt epoch) {
        List<Example> some = Arrays.stream(group).mapToObj(examples::get).toList();
        List<Text> first = some.stream().map(Example::first).toList();
        List<Text> second = new ArrayList<>(some.stream().map(Example::second).toList());
        for (Example example : some) {
            Text negative = example.negative();
            if (negative != null) {
                second.add(negative);
            }
        }
        return new Batch(
                Tokens.of(Stream.concat(first.stream(), second.stream()).map(Text::ids).toList()),
                first,
                second);
    }

    @Override
    public int targets(Batch batch) {
        return batch.first().size();
    }

    @Override
    public int tokens(Batch batch) {
        return batch.tokens().ids().length;
    }

    @Override
    public double rate(String parameter) {
        return rates.of(parameter);
    }

    @Override
    public Tensor loss(Batch batch, Mode mode) {
        Tensor vectors = vectors(batch.tokens(), mode); // [first and second, width]
        int pairs = batch.first().size();
        return ContrastiveLoss.inBatch(
                vectors.slice(0, 0, pairs),
                vectors.slice(0, pairs, vectors.dim(0)),
                (float) recipe.temperature(),
                (i, j) -> excluded(batch, i, j));
    }

    /**
     * A second text is not wrong for a first one that it stands with elsewhere, that it is itself,
     * or whose partner it is a copy of; nor if it stands with a copy of the first.
     */
    private boolean excluded(Batch batch, int first, int second) {
        return pairs.match(batch.first().get(first), batch.second().get(second))
                || batch.second().get(first).number() == batch.second().get(second).number();
    }

    private Tensor vectors(Tokens tokens, Mode mode) {
        return pooling.layer().forward(SequenceEncoder.States.of(model.forward(tokens, mode)));
    }

    /** The loss, and how well the second texts of the validation set are found by the first. */
    @Override
    public Map<String, Double> validate() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("loss", validationLoss());
        if (!validation().isEmpty()) {
            Retrieval retrieval =
                    Retrieval.of(
                            found.questions()
                                    .ranks(measured(found.asked()), measured(found.searched())));
            metrics.put("recallAt1", retrieval.recallAt1());
            metrics.put("recallAt5", retrieval.recallAt5());
            metrics.put("recallAt10", retrieval.recallAt10());
            metrics.put("mrr", retrieval.meanReciprocalRank());
        }
        return metrics;
    }

    private List<float[]> measured(List<int[]> texts) {
        int[] lengths = texts.stream().mapToInt(ids -> ids.length).toArray();
        return InferenceBatches.byTokens(lengths, TOGETHER)
                .run(
                        texts,
                        some -> {
                            float[] all = vectors(Tokens.of(some), Mode.INFERENCE).toArray();
                            int width = model.width();
                            return IntStream.range(0, some.size())
                                    .mapToObj(
                                            i ->
                                                    TextEncoder.unit(
                                                            Arrays.copyOfRange(
                                                                    all,
                                                                    i * width,
                                                                    (i + 1) * width)))
                                    .toList();
                        });
    }
}
