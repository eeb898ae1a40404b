package dev.unroll.tasks.model;

import dev.unroll.tasks.recipe.ClassWeights;
import dev.unroll.tensor.CrossEntropy;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How much a target of each class counts in the loss; 1 of every class unless a recipe says else.
 */
public final class TargetWeights {
    private final float[] weights;
    private final boolean alike;

    private TargetWeights(float[] weights, boolean alike) {
        this.weights = weights;
        this.alike = alike;
    }

    /**
     * The weights of a recipe.
     *
     * @param how the recipe's; null for none
     * @param classes their names
     * @param targets of the training set, as numbers of classes
     */
    public static TargetWeights of(
            @Nullable ClassWeights how, ClassNames classes, IntStream targets) {
        float[] weights = new float[classes.size()];
        Arrays.fill(weights, 1);
        if (how == null) {
            return new TargetWeights(weights, true);
        }
        how.requireNames(classes.names());
        how.given().forEach((name, weight) -> weights[classes.number(name)] = weight.floatValue());
        if (how.balanced()) {
            long[] counts = new long[weights.length];
            targets.forEach(target -> counts[target]++);
            double all = Arrays.stream(counts).sum();
            for (int c = 0; c < weights.length; c++) {
                weights[c] = counts[c] == 0 ? 1 : (float) (all / (weights.length * counts[c]));
            }
        }
        return new TargetWeights(weights, false);
    }

    /** {@return the weight of a class} */
    public float of(int target) {
        return weights[target];
    }

    /** {@return the sum of the targets' weights} */
    public double sum(int[] targets) {
        return Arrays.stream(targets).mapToDouble(this::of).sum();
    }

    /** {@return the weighted mean of the targets' losses, one number} */
    public Tensor loss(Tensor logits, int[] targets, float smoothing) {
        return alike
                ? CrossEntropy.mean(logits, targets, smoothing)
                : CrossEntropy.mean(logits, targets, smoothing, weights);
    }
}
