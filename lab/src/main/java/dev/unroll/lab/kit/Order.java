package dev.unroll.lab.kit;

import dev.unroll.nn.Mode;
import dev.unroll.nn.Seed;
import dev.unroll.nn.models.SequenceClassifier;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;
import java.util.List;
import java.util.Random;

/**
 * A batch of a task in which only order counts: among random tokens from 2 to 9 stand one 0 and one
 * 1, and the class is 1 where the 0 comes first. A guess is right half of the time.
 *
 * @param texts of equal length
 * @param classes [batch]
 */
public record Order(Tokens texts, int[] classes) {
    /** Tokens there are. */
    public static final int VOCABULARY = 10;

    /** A batch made from a seed. */
    public static Order of(int batch, int length, Seed seed) {
        Random random = new Random(seed.key());
        int[][] ids = new int[batch][];
        int[] classes = new int[batch];
        for (int s = 0; s < batch; s++) {
            ids[s] = random.ints(length, 2, VOCABULARY).toArray();
            int zero = random.nextInt(length);
            int one = (zero + 1 + random.nextInt(length - 1)) % length;
            ids[s][zero] = 0;
            ids[s][one] = 1;
            classes[s] = zero < one ? 1 : 0;
        }
        return new Order(Tokens.of(List.of(ids)), classes);
    }

    /** {@return the loss of a classifier of two classes} */
    public Tensor loss(SequenceClassifier model) {
        return model.loss(texts, classes, Mode.INFERENCE);
    }

    /** {@return the share of right answers, %} */
    public double accuracy(SequenceClassifier model) {
        return Share.right(model.logits(texts, Mode.INFERENCE).argMax(), classes);
    }
}
