package dev.unroll.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The detector of voice gives the probabilities that ONNX Runtime 1.23.0 computed from the
 * published file; module bench computes all of them anew.
 */
class VoiceActivityTest {
    private static final Map<Integer, Float> EXPECTED =
            Map.of(
                    0, 0.045187443f,
                    10, 0.0024142861f,
                    31, 0.043650508f,
                    32, 0.7408306f,
                    33, 0.88319963f,
                    43, 0.10516164f,
                    50, 0.90923417f,
                    61, 0.684325f,
                    64, 0.14886609f,
                    92, 3.0061603E-4f);

    @Test
    void frames_of_noise_and_of_made_up_vowels_have_onnx_runtimes_probabilities() throws Exception {
        assumeTrue(
                SileroFile.isHere(),
                "wants the package @ricky0123/vad-web@0.0.31, in UNROLL_DATA or the cache");

        float[] found =
                VoiceActivity.of(SileroFile.published()).probabilities(MadeUpVoice.samples());

        assertThat(found).hasSize(93);
        EXPECTED.forEach(
                (frame, expected) ->
                        assertThat(found[frame])
                                .as("frame %d", frame)
                                .isCloseTo(expected, within(1e-4f)));
    }
}
