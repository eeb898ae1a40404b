package dev.unroll.lab.kit;

import dev.unroll.nn.Seed;
import dev.unroll.tensor.RegressionLoss;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import java.util.Comparator;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Numbers that stand for each token, so that tokens can be learnt by regression.
 *
 * @param vectors [vocabulary, width]
 */
public record TokenCode(Tensor vectors) {

    /** Each token's number itself, with a mean of 0 and made as small as ±√3: a width of 1. */
    public static TokenCode numbers(int vocabulary) {
        float[] numbers = new float[vocabulary];
        for (int i = 0; i < vocabulary; i++) {
            numbers[i] = (float) (Math.sqrt(3) * (2.0 * i / (vocabulary - 1) - 1));
        }
        return new TokenCode(Tensor.of(numbers, vocabulary, 1));
    }

    /** Random vectors, each about as long as 1. */
    public static TokenCode random(int vocabulary, int width, Seed seed) {
        return new TokenCode(seed.normal(1 / Math.sqrt(width), vocabulary, width).value());
    }

    /** A single 1 at the token's place: as wide as the vocabulary. */
    public static TokenCode oneHot(int vocabulary) {
        int[][] all = {IntStream.range(0, vocabulary).toArray()};
        return new TokenCode(OneHot.of(vocabulary, all).rows());
    }

    /** {@return the mean squared error of answers [tokens, width]} */
    public Tensor loss(Tensor answers, int[] tokens) {
        return RegressionLoss.meanSquaredError(answers, vectors.gather(tokens));
    }

    /**
     * {@return answers y read as p(w) ~ exp(−|vector(w) − y|²/2σ²), with the σ that fits best}
     *
     * @param answers of a network, [tokens, width]
     * @param seen texts by which σ is chosen: 1/16, √2/16, ... or 4
     */
    public TokenModel gaussian(Function<Sequences, Tensor> answers, int[][] seen) {
        int vocabulary = vectors.dim(0);
        Tensor half = vectors.square().sum(1).times(0.5f).reshape(1, vocabulary);
        return IntStream.rangeClosed(-4, 8)
                .mapToObj(i -> (float) Math.pow(2, i)) // 1/σ²
                .map(
                        sharp ->
                                TokenModel.of(
                                        vocabulary,
                                        x ->
                                                answers.apply(x)
                                                        .matmul(vectors.transpose())
                                                        .minus(half)
                                                        .times(sharp)))
                .min(Comparator.comparingDouble(model -> model.loss(seen)))
                .orElseThrow();
    }

    /**
     * {@return answers of a network read as shares, none below 0.001} Where a token's vector is a
     * single 1, the mean of what may come is how probable each token is.
     */
    public TokenModel shares(Function<Sequences, Tensor> answers) {
        return TokenModel.of(vectors.dim(0), x -> answers.apply(x).clamp(0.001f, 1).log());
    }
}
