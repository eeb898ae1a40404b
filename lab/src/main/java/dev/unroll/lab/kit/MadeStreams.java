package dev.unroll.lab.kit;

import dev.unroll.nn.Seed;
import java.util.Arrays;
import java.util.Random;

/** Made-up streams in which a place alone says less than the places before it. */
public final class MadeStreams {
    /** Symbols of {@link #characters}. */
    private static final int LETTERS = 8;

    /** How often a character follows the rule. */
    private static final double RULE = 0.8;

    private MadeStreams() {}

    /**
     * {@return words with tags} Half of the 40 words have one tag of four; the tag of the other
     * half depends on the word before.
     */
    public static LabelledStream tags(int length, Seed seed) {
        int[] words = new Random(seed.key()).ints(length, 0, 40).toArray();
        int[] tags = new int[length];
        Arrays.setAll(tags, t -> (words[t] < 20 || t == 0 ? words[t] : words[t - 1]) % 4);
        return LabelledStream.ofSymbols(words, 40, 4, tags);
    }

    /**
     * {@return characters, labelled with the next one} With a probability of 0.8 a character is
     * decided by the two before it; else any is as probable.
     */
    public static LabelledStream characters(int length, Seed seed) {
        Random random = new Random(seed.key());
        int[] text = new int[length + 1];
        for (int t = 2; t <= length; t++) {
            text[t] =
                    random.nextDouble() < RULE
                            ? (text[t - 1] + 3 * text[t - 2] + 1) % LETTERS
                            : random.nextInt(LETTERS);
        }
        return LabelledStream.ofSymbols(
                Arrays.copyOf(text, length),
                LETTERS,
                LETTERS,
                Arrays.copyOfRange(text, 1, length + 1));
    }

    /** {@return the best share of characters that can be foretold: the rule, and lucky guesses} */
    public static double bestCharacters() {
        return RULE + (1 - RULE) / LETTERS;
    }

    /**
     * {@return frames with a height and its noise, labelled with the phase} A hand rests (0), rises
     * (1), is held up (2) and falls (3), each for 5 to 14 frames.
     */
    public static LabelledStream gestures(int length, Seed seed) {
        Random random = new Random(seed.key());
        float[][] rows = new float[length][1];
        int[] phases = new int[length];
        int phase = 0;
        int frames = 10;
        int passed = 0;
        for (int t = 0; t < length; t++) {
            float share = (float) passed / frames;
            float height = phase == 0 ? 0 : phase == 1 ? share : phase == 2 ? 1 : 1 - share;
            rows[t][0] = height + 0.02f * (float) random.nextGaussian();
            phases[t] = phase;
            passed++;
            if (passed == frames) {
                passed = 0;
                phase = (phase + 1) % 4;
                frames = 5 + random.nextInt(10);
            }
        }
        return new LabelledStream(1, 4, t -> rows[t], phases);
    }
}
