package dev.unroll.tasks.classification;

import dev.unroll.nn.Mode;
import dev.unroll.nn.models.SequenceClassifier;
import dev.unroll.tasks.model.ClassNames;
import dev.unroll.tasks.model.ClassObjective;
import dev.unroll.tasks.model.EncodedText;
import dev.unroll.tasks.model.EncodedTexts;
import dev.unroll.tasks.model.FineTuning;
import dev.unroll.tasks.model.TargetWeights;
import dev.unroll.tasks.recipe.Recipe;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Training a classifier: texts as numbers, in batches, and their loss.
 *
 * @param model the network
 * @param classes their names
 * @param recipe of the training
 * @param train the training set
 * @param validation the validation set
 * @param rates how fast each parameter learns
 * @param weights how much a text of each class counts
 */
public record ClassificationObjective(
        SequenceClassifier model,
        ClassNames classes,
        Recipe recipe,
        List<Example> train,
        List<Example> validation,
        FineTuning.Rates rates,
        TargetWeights weights)
        implements ClassObjective<ClassificationObjective.Example, ClassificationObjective.Batch> {

    /**
     * A text as numbers.
     *
     * @param text with special tokens
     * @param label number of its class
     */
    public record Example(EncodedText text, int label) {
        /**
         * {@return examples as numbers}
         *
         * @param examples of a text or two and their class
         * @param encode the texts of an example
         * @param label the class of an example
         */
        public static <E> List<Example> of(
                List<E> examples,
                Function<E, EncodedText> encode,
                ClassNames classes,
                Function<E, String> label) {
            return examples.parallelStream()
                    .map(e -> new Example(encode.apply(e), classes.number(label.apply(e))))
                    .toList();
        }
    }

    /**
     * Some texts.
     *
     * @param texts as numbers
     * @param labels [batch]
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Batch(EncodedTexts texts, int[] labels) {}

    @Override
    public int length(Example example) {
        return example.text().length();
    }

    @Override
    public Batch batch(List<Example> examples, int[] group, OptionalInt epoch) {
        List<Example> some = Arrays.stream(group).mapToObj(examples::get).toList();
        return new Batch(
                EncodedTexts.of(some.stream().map(Example::text).toList()),
                some.stream().mapToInt(Example::label).toArray());
    }

    @Override
    public Tensor loss(Batch batch, Mode mode) {
        return weights.loss(
                batch.texts().logits(model, mode), batch.labels(), (float) mode.labelSmoothing());
    }

    @Override
    public double rate(String parameter) {
        return rates.of(parameter);
    }

    @Override
    public int tokens(Batch batch) {
        return batch.texts().size();
    }

    @Override
    public Tensor logits(Batch batch) {
        return batch.texts().logits(model, Mode.INFERENCE);
    }

    @Override
    public int[] labels(Batch batch) {
        return batch.labels();
    }
}
