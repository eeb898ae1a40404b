package dev.unroll.bench.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MiniLmTest {

    @Test
    void aPretrainedEncoderGivesOnnxRuntimesNumbersForSentencesOfUnequalLengths() {
        Sentences sentences = Sentences.of(5, 1, 20);
        try (OnnxRuntime theirs = new OnnxRuntime(sentences)) {
            double expected = theirs.run();

            assertThat(new UnrollEmbedding(sentences).run())
                    .isCloseTo(expected, within(1e-4 * expected));
        }
    }
}
