package dev.unroll.tasks.classification;

import dev.unroll.data.LabelledText;
import dev.unroll.nn.Mode;
import dev.unroll.nn.models.SequenceClassifier;
import dev.unroll.tasks.model.ClassNames;
import dev.unroll.tasks.model.ClassObjective;
import dev.unroll.tasks.model.FineTuning;
import dev.unroll.tasks.model.TargetWeights;
import dev.unroll.tasks.model.TextCoding;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tokens;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/** Training a classifier: texts as numbers, in batches, and their loss. */
record ClassificationObjective(
        SequenceClassifier model,
        ClassNames classes,
        ClassificationRecipe recipe,
        List<Example> train,
        List<Example> validation,
        FineTuning.Rates rates,
        TargetWeights weights)
        implements ClassObjective<ClassificationObjective.Example, ClassificationObjective.Batch> {

    /**
     * A text as numbers.
     *
     * @param text with the end token behind
     * @param label number of its class
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Example(int[] text, int label) {
        static List<Example> of(List<LabelledText> texts, ClassNames classes, TextCoding coding) {
            return texts.parallelStream()
                    .map(t -> new Example(coding.encode(t.text()), classes.number(t.label())))
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
    record Batch(Tokens texts, int[] labels) {}

    @Override
    public int length(Example example) {
        return example.text().length;
    }

    @Override
    public Batch batch(List<Example> examples, int[] group, OptionalInt epoch) {
        List<Example> some = Arrays.stream(group).mapToObj(examples::get).toList();
        return new Batch(
                Tokens.of(some.stream().map(Example::text).toList()),
                some.stream().mapToInt(Example::label).toArray());
    }

    @Override
    public Tensor loss(Batch batch, Mode mode) {
        return weights.loss(
                model.logits(batch.texts(), mode), batch.labels(), (float) mode.labelSmoothing());
    }

    @Override
    public double rate(String parameter) {
        return rates.of(parameter);
    }

    @Override
    public int tokens(Batch batch) {
        return batch.texts().ids().length;
    }

    @Override
    public Tensor logits(Batch batch) {
        return model.logits(batch.texts(), Mode.INFERENCE);
    }

    @Override
    public int[] labels(Batch batch) {
        return batch.labels();
    }
}
