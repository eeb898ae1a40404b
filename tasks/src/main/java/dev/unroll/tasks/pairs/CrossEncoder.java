package dev.unroll.tasks.pairs;

import dev.unroll.data.Corpus;
import dev.unroll.data.TextPair;
import dev.unroll.nn.Mode;
import dev.unroll.nn.models.SequenceClassifier;
import dev.unroll.tasks.Predictor;
import dev.unroll.tasks.model.EncodedText;
import dev.unroll.tasks.model.EncodedTexts;
import dev.unroll.tasks.model.InferenceBatches;
import dev.unroll.tasks.model.PairCoding;
import dev.unroll.tasks.task.Runs;
import dev.unroll.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Says of two texts which class they are of or what value they have. The network reads both
 * together, so that each word of one sees those of the other (Devlin et al. 2019, section 3.2; a
 * cross-encoder, in the words of Humeau et al. 2020).
 *
 * <pre>{@code
 * CrossEncoder encoder = CrossEncoder.load(Path.of("runs/paraphrases"));
 * switch (encoder.predict(new TextPair("He left.", "He is gone."))) {
 *     case PairAnswer.Label(Classification c) -> System.out.println(c.label());
 *     case PairAnswer.Value(double value) -> System.out.println(value);
 * }
 * }</pre>
 */
public final class CrossEncoder implements Predictor<TextPair, PairAnswer> {
    private final PairCoding coding;
    private final SequenceClassifier model;
    private final PairOutput output;

    CrossEncoder(PairCoding coding, SequenceClassifier model, PairOutput output) {
        this.coding = coding;
        this.model = model;
        this.output = output;
    }

    /**
     * The cross-encoder of a run.
     *
     * @param run the run's folder
     * @return a cross-encoder, safe from many threads
     * @throws IOException if a file of the run cannot be read
     * @throws IllegalArgumentException if it is no run of this task, or its files do not fit
     *     together
     */
    public static CrossEncoder load(Path run) throws IOException {
        return Runs.load(PairTask.TASK, run);
    }

    /**
     * Trains on data of your own, from beginning to end.
     *
     * @param recipe of the training
     * @param corpus of pairs with their classes, whose names it has, or with their values
     * @param folder of the run; what is there of a former run is removed
     * @return a cross-encoder with the best weights
     * @throws IOException if the folder cannot be written
     */
    public static CrossEncoder train(PairRecipe recipe, Corpus<PairExample> corpus, Path folder)
            throws IOException {
        return Runs.train(PairTask.TASK, recipe, corpus, folder);
    }

    /** {@return the names of the classes; none where the answer is a value} */
    public List<String> classes() {
        return switch (output) {
            case PairOutput.Classes classes -> classes.names().names();
            case PairOutput.Values _ -> List.of();
        };
    }

    /** {@return what the network's numbers mean} */
    PairOutput output() {
        return output;
    }

    @Override
    public List<PairAnswer> predictAll(List<TextPair> pairs) {
        List<EncodedText> encoded = pairs.stream().map(coding::encode).toList();
        int[] lengths = encoded.stream().mapToInt(EncodedText::length).toArray();
        return InferenceBatches.byTokens(lengths, coding.together()).run(encoded, this::answers);
    }

    private List<PairAnswer> answers(List<EncodedText> pairs) {
        Tensor logits = EncodedTexts.of(pairs).logits(model, Mode.INFERENCE); // [batch, outputs]
        Tensor outputs =
                switch (output) {
                    case PairOutput.Classes _ -> logits.softmax();
                    case PairOutput.Values _ -> logits;
                };
        return output.answers(pairs.size(), outputs.toArray());
    }

    @Override
    public List<TextPair> examples() {
        return List.of(
                new TextPair("A short one.", "Another."),
                new TextPair(
                        "This one has more words than the other, some twenty of them, so that it is"
                                + " of a middling length.",
                        "It is neither long nor short."));
    }
}
