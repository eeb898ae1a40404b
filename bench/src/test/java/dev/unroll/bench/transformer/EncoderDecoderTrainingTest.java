package dev.unroll.bench.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.bench.Contestant;
import dev.unroll.nn.Seed;
import dev.unroll.nn.layers.FeedForward;
import dev.unroll.nn.layers.Positions;
import dev.unroll.nn.models.EncoderDecoder;
import dev.unroll.nn.models.TransformerLanguageModel;
import dev.unroll.nn.transformer.TransformerShape;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Tokens;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EncoderDecoderTrainingTest {

    private static final int VOCABULARY = 23;
    private static final int STEPS = 20;

    @Test
    void trainingOnSequencesOfUnequalLengthsGivesThePaddedLossesOfPyTorch() {
        List<Pairs> batches =
                List.of(
                        pairs(Layout.of(3, 1, 7), Layout.of(5, 2, 1)),
                        pairs(Layout.of(4), Layout.of(6)));

        agree(
                EncoderDecoderTraining.unroll(readerAndWriter(), batches),
                EncoderDecoderTraining.pytorch(readerAndWriter(), batches));
    }

    @Test
    void aDecoderAloneGivesPyTorchsLossesStepAfterStep() {
        Pairs pairs = pairs(Layout.even(3, 8), Layout.even(3, 8));

        agree(
                LanguageModelTraining.unroll(writer(), pairs.before(), pairs.after()),
                LanguageModelTraining.pytorch(writer(), pairs.before(), pairs.after()));
    }

    private static void agree(Contestant ours, Contestant theirs) {
        double first = 0;
        double last = 0;
        for (int step = 0; step < STEPS; step++) {
            last = theirs.run();
            first = step == 0 ? last : first;
            assertThat(ours.run()).as("step %d", step).isCloseTo(last, within(1e-4 * last));
        }
        assertThat(last).as("what was learnt").isLessThan(first);
        ours.close();
        theirs.close();
    }

    private static Pairs pairs(Layout read, Layout written) {
        Random random = new Random(7);
        return new Pairs(
                new Tokens(random.ints(read.tokens(), 0, VOCABULARY).toArray(), read),
                new Tokens(random.ints(written.tokens(), 0, VOCABULARY).toArray(), written),
                random.ints(written.tokens(), 0, VOCABULARY).toArray());
    }

    private static EncoderDecoder readerAndWriter() {
        return EncoderDecoder.transformer(
                shape(FeedForward.Kind.RELU, Positions.Kind.SINUSOIDAL),
                2,
                2,
                VOCABULARY,
                VOCABULARY,
                true,
                new Seed(3));
    }

    private static TransformerLanguageModel writer() {
        return TransformerLanguageModel.of(
                shape(FeedForward.Kind.GELU, Positions.Kind.LEARNED), 2, VOCABULARY, new Seed(3));
    }

    private static TransformerShape shape(FeedForward.Kind activation, Positions.Kind positions) {
        return TransformerShape.of(24, 3, positions, 8)
                .feedForward(40)
                .activation(activation)
                .dropout(0);
    }
}
