package dev.unroll.lab.kit;

/** How many answers are right. */
public final class Share {
    private Share() {}

    /** {@return the share of answers that are right, in %} */
    public static double right(int[] answers, int[] right) {
        int correct = 0;
        for (int i = 0; i < answers.length; i++) {
            correct += answers[i] == right[i] ? 1 : 0;
        }
        return 100.0 * correct / answers.length;
    }
}
