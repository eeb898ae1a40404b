package dev.unroll.examples;

import java.util.Random;

/**
 * Sound to try a detector of voice with, 16,000 samples a second: a second of noise, a second of
 * vowels, a second of noise. The vowels are made up: pulses of a voice whose pitch falls, through
 * resonances as a throat has them, from "a" to "i".
 */
public final class MadeUpVoice {
    private static final int RATE = 16_000;
    private static final double[][] FORMANTS = {{730, 270}, {1090, 2290}, {2440, 3010}};

    private MadeUpVoice() {}

    /** {@return three seconds, the same every time} */
    public static float[] samples() {
        float[] samples = new float[3 * RATE];
        Random random = new Random(1);
        double[][] resonance = new double[FORMANTS.length][2];
        double phase = 0;
        for (int t = 0; t < samples.length; t++) {
            samples[t] = (float) (0.003 * random.nextGaussian());
            if (t < RATE || t >= 2 * RATE) {
                continue;
            }
            double at = (t - RATE) / (double) RATE;
            phase += (150 - 40 * at) * (1 + 0.02 * Math.sin(2 * Math.PI * 5 * at)) / RATE;
            double pulse = phase >= 1 ? 1 : 0;
            phase -= pulse;
            double loud = Math.min(1, 10 * Math.min(at % 0.5, 0.5 - at % 0.5));
            double sound = pulse + 0.01 * random.nextGaussian();
            for (int f = 0; f < FORMANTS.length; f++) {
                double hertz = FORMANTS[f][0] + at * (FORMANTS[f][1] - FORMANTS[f][0]);
                double r = Math.exp(-Math.PI * (60 + 30 * f) / RATE);
                double y =
                        sound
                                + 2 * r * Math.cos(2 * Math.PI * hertz / RATE) * resonance[f][0]
                                - r * r * resonance[f][1];
                resonance[f][1] = resonance[f][0];
                resonance[f][0] = y;
                samples[t] += (float) (0.02 * loud * y / (f + 1));
            }
        }
        return samples;
    }
}
