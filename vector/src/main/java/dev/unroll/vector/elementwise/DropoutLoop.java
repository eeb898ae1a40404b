package dev.unroll.vector.elementwise;

import static dev.unroll.vector.base.Species.L;
import static dev.unroll.vector.base.Species.S;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import dev.unroll.random.Noise;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** y = x / (1 − rate) where {@link Noise#uniform} of the place is at least rate, else 0. */
final class DropoutLoop {
    private static final VectorSpecies<Integer> I = S.withLanes(int.class);
    private static final IntVector LANES = IntVector.zero(I).addIndex(1);
    private static final FloatVector ZERO = FloatVector.zero(S);

    private DropoutLoop() {}

    /** The numbers at the places [from, to) of x and y. */
    static void run(
            long key, float rate, float[] x, int xAt, float[] y, int yAt, int from, int to) {
        float kept = 1 / (1 - rate);
        for (int i = from; i < to; i += L) {
            VectorMask<Float> lanes = S.indexInRange(i, to);
            FloatVector v = FloatVector.fromArray(S, x, xAt + i, lanes);
            ZERO.blend(v.mul(kept), uniform(key, i).compare(GE, rate)).intoArray(y, yAt + i, lanes);
        }
    }

    /** {@link Noise#uniform} of neighbouring places. */
    private static FloatVector uniform(long key, int place) {
        IntVector x = LANES.add(place + (int) key);
        x = x.lanewise(XOR, x.lanewise(LSHR, 16));
        x = x.mul(0x21f0aaad);
        x = x.lanewise(XOR, x.lanewise(LSHR, 15));
        x = x.add((int) (key >>> 32));
        x = x.mul(0x735a2d97);
        x = x.lanewise(XOR, x.lanewise(LSHR, 15));
        return ((FloatVector) x.lanewise(LSHR, 8).convertShape(I2F, S, 0)).mul(0x1p-24f);
    }
}
