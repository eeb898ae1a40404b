package dev.unroll.vector.inference;

import static dev.unroll.vector.base.Species.L;
import static dev.unroll.vector.base.Species.S;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;

import jdk.incubator.vector.FloatVector;

/**
 * The largest numbers of a run and where they are. Almost every vector holds none that counts, and
 * that costs one comparison of a vector.
 */
public final class TopKLoops {
    private TopKLoops() {}

    /**
     * The place of the first number that equals this one, or −1.
     *
     * @param plain without vectors
     */
    public static int first(float[] x, int at, int n, float wanted, boolean plain) {
        int i = 0;
        for (; !plain && i <= n - L; i += L) {
            if (FloatVector.fromArray(S, x, at + i).compare(EQ, wanted).anyTrue()) {
                break;
            }
        }
        for (; i < n; i++) {
            if (x[at + i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    /**
     * The largest numbers, the largest first, of equal ones the first.
     *
     * @param values [count] of them, written
     * @param places [count] where they are, written
     * @param plain without vectors
     * @return how many there are: fewer than wanted if others are no numbers or −∞
     */
    public static int find(
            float[] x,
            int at,
            int n,
            int count,
            float[] values,
            int valuesAt,
            int[] places,
            int to,
            boolean plain) {
        int found = 0;
        float floor = Float.NEGATIVE_INFINITY;
        int i = 0;
        for (; !plain && i <= n - L; i += L) {
            if (!FloatVector.fromArray(S, x, at + i).compare(GT, floor).anyTrue()) {
                continue;
            }
            for (int j = i; j < i + L; j++) {
                if (x[at + j] > floor) {
                    found = insert(x[at + j], j, found, count, values, valuesAt, places, to);
                    floor = floor(found, count, values, valuesAt);
                }
            }
        }
        for (; i < n; i++) {
            if (x[at + i] > floor) {
                found = insert(x[at + i], i, found, count, values, valuesAt, places, to);
                floor = floor(found, count, values, valuesAt);
            }
        }
        return found;
    }

    private static float floor(int found, int count, float[] values, int at) {
        return found < count ? Float.NEGATIVE_INFINITY : values[at + count - 1];
    }

    private static int insert(
            float value,
            int place,
            int found,
            int count,
            float[] values,
            int valuesAt,
            int[] places,
            int to) {
        int i = Math.min(found, count - 1);
        for (; i > 0 && values[valuesAt + i - 1] < value; i--) {
            values[valuesAt + i] = values[valuesAt + i - 1];
            places[to + i] = places[to + i - 1];
        }
        values[valuesAt + i] = value;
        places[to + i] = place;
        return Math.min(found + 1, count);
    }
}
