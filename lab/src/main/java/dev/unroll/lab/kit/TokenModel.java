package dev.unroll.lab.kit;

import dev.unroll.nn.Seed;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;

/** Gives each token a probability of coming next, however it was made. */
@FunctionalInterface
public interface TokenModel {

    /**
     * {@return the probabilities of what follows each token, [batch·length][vocabulary]}
     *
     * @param texts token numbers [batch][length], all of one length
     */
    double[][] next(int[][] texts);

    /**
     * The softmax of what a network says.
     *
     * @param vocabulary numbers in a row of the input and in a row of logits
     * @param logits from rows with a single 1 to logits [batch·length, vocabulary]
     */
    static TokenModel of(int vocabulary, Function<Sequences, Tensor> logits) {
        return texts -> {
            float[] p = logits.apply(OneHot.of(vocabulary, texts)).softmax().toArray();
            double[][] rows = new double[p.length / vocabulary][vocabulary];
            for (int i = 0; i < p.length; i++) {
                rows[i / vocabulary][i % vocabulary] = p[i];
            }
            return rows;
        };
    }

    /** {@return the mean of −ln p over all tokens but the first of each text, in nats} */
    default double loss(int[][] texts) {
        int length = texts[0].length;
        double[][] p = next(texts);
        double nats = 0;
        for (int s = 0; s < texts.length; s++) {
            for (int t = 0; t + 1 < length; t++) {
                nats -= Math.log(p[s * length + t][texts[s][t + 1]]);
            }
        }
        return nats / (texts.length * (length - 1));
    }

    /**
     * {@return texts that start with a token and go on with drawn ones}
     *
     * @param start the first token of each
     * @param count how many texts
     * @param length tokens in each
     */
    default int[][] write(int start, int count, int length, Seed seed) {
        Random random = new Random(seed.key());
        int[][] texts = new int[count][1];
        for (int[] text : texts) {
            text[0] = start;
        }
        for (int t = 1; t < length; t++) {
            double[][] p = next(texts);
            for (int s = 0; s < count; s++) {
                double left = random.nextDouble();
                int token = -1;
                do {
                    left -= p[s * t + t - 1][++token];
                } while (left > 0 && token + 1 < p[0].length);
                texts[s] = Arrays.copyOf(texts[s], t + 1);
                texts[s][t] = token;
            }
        }
        return texts;
    }
}
