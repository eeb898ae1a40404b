package dev.unroll.vector;

import static dev.unroll.vector.Tile.L;
import static dev.unroll.vector.Tile.S;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** Runs of numbers mixed. */
final class MixLoops {
    private MixLoops() {}

    /** y = (1 − share)·a + share·b; a alone if the share is 0. */
    static void mix(float[] a, int aAt, float[] b, int bAt, float share, float[] y, int to, int n) {
        if (share == 0) {
            System.arraycopy(a, aAt, y, to, n);
            return;
        }
        for (int i = 0; i < n; i += L) {
            VectorMask<Float> lanes = S.indexInRange(i, n);
            FloatVector v = FloatVector.fromArray(S, a, aAt + i, lanes).mul(1 - share);
            FloatVector w = FloatVector.fromArray(S, b, bAt + i, lanes);
            w.fma(FloatVector.broadcast(S, share), v).intoArray(y, to + i, lanes);
        }
    }

    /** y += share·x. */
    static void add(float[] x, int at, float share, float[] y, int to, int n) {
        for (int i = 0; i < n; i += L) {
            VectorMask<Float> lanes = S.indexInRange(i, n);
            FloatVector v = FloatVector.fromArray(S, x, at + i, lanes);
            FloatVector w = FloatVector.fromArray(S, y, to + i, lanes);
            v.fma(FloatVector.broadcast(S, share), w).intoArray(y, to + i, lanes);
        }
    }
}
