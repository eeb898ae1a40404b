package dev.unroll.tasks.model;

import dev.unroll.tasks.metrics.Confusion;
import dev.unroll.tasks.task.SupervisedObjective;
import dev.unroll.tensor.MemoryScope;
import dev.unroll.tensor.Tensor;
import dev.unroll.train.Batches;
import java.util.List;
import java.util.Map;

/**
 * Training of a network that gives each target one of several classes.
 *
 * @param <X> an example, encoded
 * @param <B> a batch
 */
public interface ClassObjective<X, B> extends SupervisedObjective<X, B> {

    /** The names of the classes. */
    ClassNames classes();

    /** The number of tokens of an example. */
    int length(X example);

    /** The scores of the classes before softmax: [targets, classes]. */
    Tensor logits(B batch);

    /** The right classes of a batch: [targets]. */
    int[] labels(B batch);

    /** How much a target of each class counts in the loss. */
    TargetWeights weights();

    /** Batches of examples of like length. */
    @Override
    default int[][] groups(List<X> examples, int budget, long seed, int epoch) {
        return Batches.epoch(
                examples.stream().mapToInt(this::length).toArray(), budget, seed, epoch);
    }

    @Override
    default int targets(B batch) {
        return labels(batch).length;
    }

    /** Loss, weighted as in training, accuracy and macro-F1 on the validation set. */
    @Override
    default Map<String, Double> validate() {
        double sum = 0;
        double total = 0;
        Confusion confusion = Confusion.none(classes().names());
        for (B batch : validationBatches()) {
            int[] truth = labels(batch);
            Answers answers = MemoryScope.run(() -> Answers.of(logits(batch), truth, weights()));
            double weight = weights().sum(truth);
            sum += answers.loss() * weight;
            total += weight;
            confusion = confusion.plus(Confusion.of(classes().names(), truth, answers.classes()));
        }
        return ClassMetrics.of(
                total > 0 ? sum / total : 0, confusion.accuracy(), confusion.macroF1());
    }

    /**
     * The answers to a batch.
     *
     * @param loss weighted mean of the targets'
     * @param classes the likeliest class of each target
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Answers(double loss, int[] classes) {
        static Answers of(Tensor logits, int[] labels, TargetWeights weights) {
            return new Answers(weights.loss(logits, labels, 0).item(), logits.argMax());
        }
    }
}
