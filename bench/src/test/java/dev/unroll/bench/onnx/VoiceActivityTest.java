package dev.unroll.bench.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import dev.unroll.examples.MadeUpVoice;
import dev.unroll.examples.SileroFile;
import dev.unroll.examples.VoiceActivity;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The detector of voice in Unroll's layers gives the probabilities of ONNX Runtime. */
final class VoiceActivityTest {
    private static final int CONTEXT = 64;

    @Test
    void every_frame_has_the_probability_of_onnx_runtime() throws Exception {
        assumeTrue(
                SileroFile.isHere(),
                "wants the package @ricky0123/vad-web@0.0.31, in UNROLL_DATA or the cache");
        float[] samples = MadeUpVoice.samples();

        float[] ours = VoiceActivity.of(SileroFile.published()).probabilities(samples);

        float[] theirs = theirs(SileroFile.bytes(), samples);
        double most = 0;
        for (int f = 0; f < ours.length; f++) {
            assertThat(ours[f]).as("frame %d", f).isCloseTo(theirs[f], within(1e-4f));
            most = Math.max(most, theirs[f]);
        }
        assertThat(most).isGreaterThan(0.9);
        assertThat(theirs[10]).isLessThan(0.1f);
    }

    private static float[] theirs(byte[] model, float[] samples) throws Exception {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        float[] result = new float[samples.length / VoiceActivity.FRAME];
        float[] state = new float[2 * 128];
        float[] heard = new float[CONTEXT + VoiceActivity.FRAME];
        try (OrtSession session = environment.createSession(model)) {
            for (int f = 0; f < result.length; f++) {
                System.arraycopy(heard, VoiceActivity.FRAME, heard, 0, CONTEXT);
                System.arraycopy(
                        samples, f * VoiceActivity.FRAME, heard, CONTEXT, VoiceActivity.FRAME);
                try (OnnxTensor input = reals(environment, heard, 1, heard.length);
                        OnnxTensor before = reals(environment, state, 2, 1, 128);
                        OnnxTensor rate =
                                OnnxTensor.createTensor(
                                        environment,
                                        LongBuffer.wrap(new long[] {16_000}),
                                        new long[0]);
                        OrtSession.Result read =
                                session.run(Map.of("input", input, "state", before, "sr", rate))) {
                    result[f] = ((OnnxTensor) read.get(0)).getFloatBuffer().get(0);
                    ((OnnxTensor) read.get(1)).getFloatBuffer().get(state);
                }
            }
        }
        return result;
    }

    private static OnnxTensor reals(OrtEnvironment environment, float[] values, long... shape)
            throws Exception {
        return OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape);
    }
}
