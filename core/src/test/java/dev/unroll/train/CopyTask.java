package dev.unroll.train;

import dev.unroll.decode.Greedy;
import dev.unroll.nn.Mode;
import dev.unroll.nn.models.Decoding;
import dev.unroll.nn.models.EncoderDecoder;
import dev.unroll.tensor.Parameter;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Saying again what was read: sequences of random letters. Small enough to be learnt in seconds,
 * and never twice the same.
 */
final class CopyTask implements Objective<Tokens> {
    static final int VOCABULARY = 8;
    private static final int START = 0;
    private static final int END = 1;
    private static final int FIRST_LETTER = 2;

    private final EncoderDecoder model;
    private final int batchesPerEpoch;

    CopyTask(EncoderDecoder model, int batchesPerEpoch) {
        this.model = model;
        this.batchesPerEpoch = batchesPerEpoch;
    }

    @Override
    public Map<String, Parameter> parameters() {
        return model.parameters();
    }

    @Override
    public List<Tokens> batches(int epoch) {
        List<Tokens> batches = new ArrayList<>();
        for (int b = 0; b < batchesPerEpoch; b++) {
            batches.add(words(new Random(1_000L * epoch + b), 24));
        }
        return batches;
    }

    private static Tokens words(Random random, int count) {
        List<int[]> words = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            words.add(random.ints(1 + random.nextInt(5), FIRST_LETTER, VOCABULARY).toArray());
        }
        return Tokens.of(words);
    }

    @Override
    public Tensor loss(Tokens words, Mode mode) {
        return model.loss(
                words.endingWith(END),
                words.startingWith(START),
                words.endingWith(END).ids(),
                mode);
    }

    @Override
    public int tokens(Tokens words) {
        return words.ids().length;
    }

    /** The loss of words never learnt from, and which share of them is said again to the letter. */
    @Override
    public Map<String, Double> validate() {
        Tokens words = words(new Random(-1), 100);
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("loss", (double) loss(words, Mode.INFERENCE).item());
        figures.put("exact", exact(words));
        return figures;
    }

    private double exact(Tokens words) {
        Decoding decoding = model.decode(words.endingWith(END));
        int[] limits = new int[words.layout().batch()];
        Arrays.fill(limits, 10);
        var found = new Greedy().search(decoding, START, END, limits);
        int right = 0;
        for (int s = 0; s < limits.length; s++) {
            right += Arrays.equals(found.get(s).getFirst().tokens(), words.sequence(s)) ? 1 : 0;
        }
        return right / (double) limits.length;
    }
}
