package dev.unroll.backend.scalar;

import static dev.unroll.memory.ArrayBuffer.floats;

import dev.unroll.backend.Losses;
import dev.unroll.backend.View;

final class ScalarLosses implements Losses {

    @Override
    public void crossEntropy(
            View logits, int[] targets, float smoothing, View losses, View logSums) {
        float[] in = floats(logits.buffer());
        int width = logits.dim(1);
        for (int i = 0; i < targets.length; i++) {
            int at = logits.offset() + i * width;
            double logSum = ScalarNormalisation.logSum(in, at, width);
            double loss = 0;
            if (targets[i] != IGNORED) {
                double sum = 0;
                for (int j = 0; smoothing > 0 && j < width; j++) {
                    sum += in[at + j];
                }
                double smooth = smoothing > 0 ? smoothing * (sum / width) : 0;
                loss = logSum - (1 - smoothing) * in[at + targets[i]] - smooth;
            }
            floats(losses.buffer())[losses.offset() + i] = (float) loss;
            floats(logSums.buffer())[logSums.offset() + i] = (float) logSum;
        }
    }

    @Override
    public void crossEntropyBackward(
            View logits, int[] targets, float smoothing, View logSums, View dlosses, View dlogits) {
        float[] in = floats(logits.buffer());
        float[] out = floats(dlogits.buffer());
        int width = logits.dim(1);
        for (int i = 0; i < targets.length; i++) {
            float logSum = floats(logSums.buffer())[logSums.offset() + i];
            float d = floats(dlosses.buffer())[dlosses.offset() + i];
            for (int j = 0; j < width; j++) {
                float wanted = smoothing / width + (j == targets[i] ? 1 - smoothing : 0);
                out[dlogits.offset() + i * width + j] =
                        targets[i] == IGNORED
                                ? 0
                                : d
                                        * ((float)
                                                        Math.exp(
                                                                in[logits.offset() + i * width + j]
                                                                        - logSum)
                                                - wanted);
            }
        }
    }
}
