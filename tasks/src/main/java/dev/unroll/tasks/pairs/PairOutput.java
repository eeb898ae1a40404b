package dev.unroll.tasks.pairs;

import dev.unroll.tasks.classification.Classification;
import dev.unroll.tasks.model.ClassNames;
import dev.unroll.tasks.regression.TargetScale;
import dev.unroll.tasks.run.RunException;
import dev.unroll.tasks.task.Fitting;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/** What a network's numbers for a pair mean. */
sealed interface PairOutput {

    /** {@return how many numbers a network gives for a pair} */
    int size();

    /**
     * {@return the answers to a batch}
     *
     * @param pairs how many there are
     * @param outputs [pairs, size]: probabilities of classes, or a standardised value
     */
    List<PairAnswer> answers(int pairs, float[] outputs);

    /**
     * {@return the meaning in a run: fitted when its training begins, and taken over ever after}
     */
    static PairOutput of(Fitting<PairRecipe, PairExample> fitting) throws IOException {
        if (fitting.has(TargetScale.FILE, PairRecipe::learnsValues)) {
            return new Values(
                    fitting.once(
                            TargetScale.FILE,
                            (_, corpus) -> TargetScale.of(corpus.train(), PairExample::value)));
        }
        if (fitting.has(ClassNames.FILE, recipe -> !recipe.learnsValues())) {
            return new Classes(ClassNames.of(fitting));
        }
        throw new RunException(
                "the run does not know what it answers: it has neither %s nor %s"
                        .formatted(ClassNames.FILE.file(), TargetScale.FILE.file()));
    }

    /**
     * The scores of classes.
     *
     * @param names of the classes
     */
    record Classes(ClassNames names) implements PairOutput {
        @Override
        public int size() {
            return names.size();
        }

        @Override
        public List<PairAnswer> answers(int pairs, float[] outputs) {
            return IntStream.range(0, pairs)
                    .<PairAnswer>mapToObj(
                            i -> new PairAnswer.Label(Classification.of(names.names(), outputs, i)))
                    .toList();
        }
    }

    /**
     * A value.
     *
     * @param scale of the values
     */
    record Values(TargetScale scale) implements PairOutput {
        @Override
        public int size() {
            return 1;
        }

        @Override
        public List<PairAnswer> answers(int pairs, float[] outputs) {
            return IntStream.range(0, pairs)
                    .<PairAnswer>mapToObj(i -> new PairAnswer.Value(scale.value(outputs[i])))
                    .toList();
        }
    }
}
