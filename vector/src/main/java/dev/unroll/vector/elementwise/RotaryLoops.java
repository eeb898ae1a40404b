package dev.unroll.vector.elementwise;

import static dev.unroll.vector.base.Species.L;
import static dev.unroll.vector.base.Species.S;

import dev.unroll.backend.Rows.Rotation;
import java.util.HashMap;
import java.util.Map;
import jdk.incubator.vector.FloatVector;

/**
 * Pairs of numbers turned by angles that grow with the position (Su et al. 2021, eq. 34). The sine
 * and the cosine of a pair are computed once for each position that occurs, whatever the heads and
 * the sequences; then a number costs three operations and its way from and to memory. Pairs of
 * neighbours are turned one by one.
 *
 * @param angle of each row: where its sines and cosines begin
 * @param sines [positions that occur, pairs]; negative to turn back
 * @param cosines [positions that occur, pairs]
 * @param pairs that turn in each head
 * @param interleaved pairs are neighbours, else halves
 */
@SuppressWarnings("ArrayRecordComponent") // memory, not a value
record RotaryLoops(int[] angle, float[] sines, float[] cosines, int pairs, boolean interleaved) {

    static RotaryLoops of(Rotation how, int[] positions, boolean inverse) {
        int pairs = how.rotated() / 2;
        Map<Integer, Integer> places = new HashMap<>();
        int[] angle = new int[positions.length];
        for (int i = 0; i < positions.length; i++) {
            Integer place = places.putIfAbsent(positions[i], places.size() * pairs);
            angle[i] = place == null ? (places.size() - 1) * pairs : place;
        }
        float[] sines = new float[places.size() * pairs];
        float[] cosines = new float[places.size() * pairs];
        double[] speeds = new double[pairs];
        for (int p = 0; p < pairs; p++) {
            speeds[p] = Math.pow(how.base(), -2.0 * p / how.rotated());
        }
        places.forEach(
                (position, place) -> {
                    for (int p = 0; p < pairs; p++) {
                        double turn = position * speeds[p];
                        sines[place + p] = (float) (inverse ? -Math.sin(turn) : Math.sin(turn));
                        cosines[place + p] = (float) Math.cos(turn);
                    }
                });
        return new RotaryLoops(angle, sines, cosines, pairs, how.interleaved());
    }

    /**
     * One head of a row, from x to y, which may be the same.
     *
     * @param plain without vectors
     */
    void turn(int row, float[] x, int at, float[] y, int to, boolean plain) {
        int t = angle[row];
        if (interleaved) {
            for (int p = 0; p < pairs; p++) {
                float a = x[at + 2 * p];
                float b = x[at + 2 * p + 1];
                y[to + 2 * p] = a * cosines[t + p] - b * sines[t + p];
                y[to + 2 * p + 1] = a * sines[t + p] + b * cosines[t + p];
            }
            return;
        }
        int p = 0;
        for (; !plain && p <= pairs - L; p += L) {
            FloatVector a = FloatVector.fromArray(S, x, at + p);
            FloatVector b = FloatVector.fromArray(S, x, at + pairs + p);
            FloatVector sin = FloatVector.fromArray(S, sines, t + p);
            FloatVector cos = FloatVector.fromArray(S, cosines, t + p);
            a.mul(cos).sub(b.mul(sin)).intoArray(y, to + p);
            a.mul(sin).add(b.mul(cos)).intoArray(y, to + pairs + p);
        }
        for (; p < pairs; p++) {
            float a = x[at + p];
            float b = x[at + pairs + p];
            y[to + p] = a * cosines[t + p] - b * sines[t + p];
            y[to + pairs + p] = a * sines[t + p] + b * cosines[t + p];
        }
    }
}
