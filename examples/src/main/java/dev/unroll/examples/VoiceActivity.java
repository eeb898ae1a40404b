package dev.unroll.examples;

import dev.unroll.data.DataException;
import dev.unroll.nn.Mode;
import dev.unroll.nn.image.Convolution;
import dev.unroll.nn.recurrent.Recurrent;
import dev.unroll.onnx.OnnxLayers;
import dev.unroll.onnx.OnnxModel;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Sequences;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** Silero's detector of voice (version 5, 16 kHz) in Unroll's layers, out of its ONNX file. */
public record VoiceActivity(
        Convolution fourier, List<Convolution> encoder, Recurrent lstm, Convolution head) {
    /** Samples in a frame: 32 ms. */
    public static final int FRAME = 512;

    private static final int CONTEXT = 64; // samples before and behind it that are read with it

    /** {@return the layers by the names of their nodes, which lie in the branch for 16 kHz} */
    public static VoiceActivity of(OnnxModel model) {
        OnnxLayers layers = OnnxLayers.of(model);
        String branch = "If_0_then_branch__Inline_0__";
        return new VoiceActivity(
                layers.convolution(branch + "/stft/Conv"),
                List.of(
                        layers.convolution(branch + "/encoder/0/reparam_conv/Conv"),
                        layers.convolution(branch + "/encoder/1/reparam_conv/Conv"),
                        layers.convolution(branch + "/encoder/2/reparam_conv/Conv"),
                        layers.convolution(branch + "/encoder/3/reparam_conv/Conv")),
                layers.recurrent(branch + "/decoder/rnn/LSTM"),
                layers.convolution(branch + "/decoder/decoder/2/Conv"));
    }

    /** {@return the probability of a voice in each whole frame of samples from -1 to 1} */
    public float[] probabilities(float[] samples) {
        float[] result = new float[samples.length / FRAME];
        Recurrent.States state = lstm.start(1);
        for (int f = 0; f < result.length; f++) {
            var read = lstm.unroll(features(samples, f * FRAME), state, Mode.INFERENCE);
            state = read.last();
            Tensor rows = read.outputs().rows().relu().reshape(1, 1, -1, lstm.width());
            result[f] = head.forward(rows).sigmoid().mean().item();
        }
        return result;
    }

    /** How loud each frequency is, then four convolutions: the rows that the LSTM reads. */
    private Sequences features(float[] samples, int from) {
        float[] heard = new float[CONTEXT + FRAME + CONTEXT];
        int before = Math.min(CONTEXT, from);
        System.arraycopy(samples, from - before, heard, CONTEXT - before, before + FRAME);
        for (int i = 0; i < CONTEXT; i++) { // behind the frame, it is seen in a mirror
            heard[CONTEXT + FRAME + i] = heard[CONTEXT + FRAME - 2 - i];
        }
        Tensor waves = fourier.forward(Tensor.of(heard, 1, 1, heard.length, 1));
        Tensor[] parts = waves.reshape(-1, fourier.out()).split(2); // cosines and sines
        Tensor x = parts[0].square().plus(parts[1].square()).sqrt();
        x = x.reshape(1, 1, x.dim(0), x.dim(1));
        for (Convolution layer : encoder) {
            x = layer.forward(x).relu();
        }
        return new Sequences(x.reshape(x.dim(2), x.dim(3)), Layout.of(x.dim(2)));
    }

    /** Prints the probabilities in a second of a made-up vowel between two seconds of noise. */
    public static void main(String[] args) throws DataException {
        VoiceActivity detector = VoiceActivity.of(SileroFile.published());
        System.out.println(Arrays.toString(detector.probabilities(MadeUpVoice.samples())));
    }
}
