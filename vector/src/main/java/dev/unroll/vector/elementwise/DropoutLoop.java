package dev.unroll.vector.elementwise;

import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.ROL;
import static jdk.incubator.vector.VectorOperators.XOR;

import dev.unroll.backend.AttentionDropout;
import dev.unroll.random.Noise;
import dev.unroll.random.Threefry;
import dev.unroll.vector.base.Species;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** y = x / (1 − rate) where {@link Noise#uniform} of the place is at least rate, else 0. */
public final class DropoutLoop {
    /** Places whose noise is computed together; see {@link Noise#bits}. */
    private static final int BLOCK = 32;

    private static final int HALF = BLOCK / 2; // = AttentionDropout.QUERIES

    /**
     * The most places of a call of {@link #blocks}. C2 refuses to replace it while it runs ("too
     * many clones" of this many vectors in partial peeling), so it must be called often enough to
     * be compiled before it would be replaced: in the first steps of a training instead of after a
     * minute.
     */
    private static final int CALL = 16 * BLOCK;

    private static final VectorSpecies<Float> F =
            Species.L > HALF ? FloatVector.SPECIES_512 : Species.S;
    private static final int L = F.length();
    private static final VectorSpecies<Integer> I = F.withLanes(int.class);
    private static final IntVector LANES = IntVector.zero(I).addIndex(1);
    private static final FloatVector ZERO = FloatVector.zero(F);
    private static final float UNIT = 0x1p-24f;

    private DropoutLoop() {}

    /** The numbers at the places [from, to) of x and y. */
    static void run(
            long key, float rate, float[] x, int xAt, float[] y, int yAt, int from, int to) {
        int at = from;
        while (at < to) {
            int block = at / BLOCK * BLOCK;
            int whole = Math.min(CALL, (to - at) / BLOCK * BLOCK);
            if (at == block && whole > 0) {
                blocks(key, rate, x, xAt, y, yAt, HALF, at, at + whole);
                at += whole;
            } else {
                int end = Math.min(to, block + BLOCK);
                partOfBlock(key, rate, x, xAt, y, yAt, at, end);
                at = end;
            }
        }
    }

    /**
     * Rows of {@link AttentionDropout#QUERIES} numbers, a stride apart, of which row r has the
     * places {@code [QUERIES·r, QUERIES·(r + 1))}, in place.
     *
     * @param at of the first row's first number
     * @param first number of the first row, even
     * @param count rows
     */
    public static void rows(
            long key, float rate, float[] x, int at, int stride, int first, int count) {
        int zero = at - first * stride; // where row 0 would be
        int even = first + count / 2 * 2;
        for (int row = first; row < even; row += CALL / HALF) {
            int end = Math.min(even, row + CALL / HALF);
            blocks(key, rate, x, zero, x, zero, stride, row * HALF, end * HALF);
        }
        if (count % 2 == 1) {
            int last = zero + even * stride;
            float[] whole = new float[BLOCK];
            System.arraycopy(x, last, whole, 0, HALF);
            int block = even * HALF;
            blocks(key, rate, whole, -block, whole, -block, HALF, block, block + BLOCK);
            System.arraycopy(whole, 0, x, last, HALF);
        }
    }

    private static void partOfBlock(
            long key, float rate, float[] x, int xAt, float[] y, int yAt, int from, int to) {
        int block = from / BLOCK * BLOCK;
        float[] whole = new float[BLOCK];
        System.arraycopy(x, xAt + from, whole, from - block, to - from);
        blocks(key, rate, whole, -block, whole, -block, HALF, block, block + BLOCK);
        System.arraycopy(whole, from - block, y, yAt + from, to - from);
    }

    /**
     * Whole blocks, the halves of which are a stride apart in x and y. {@link Threefry#block} is
     * written out: so many vector operations in methods of their own would no longer be inlined.
     */
    private static void blocks(
            long key,
            float rate,
            float[] x,
            int xAt,
            float[] y,
            int yAt,
            int stride,
            int from,
            int to) {
        float kept = 1 / (1 - rate);
        int k0 = (int) key;
        int k1 = (int) (key >>> 32);
        int k2 = Threefry.third(k0, k1);
        // a half of a block takes HALF / L vectors, and two of them share their counters
        for (int step = from / BLOCK * (HALF / L); step < to / BLOCK * (HALF / L); step++) {
            IntVector p = LANES.add(step * L + k0);
            IntVector q = IntVector.broadcast(I, k1);
            p = p.add(q);
            q = q.lanewise(ROL, 13).lanewise(XOR, p);
            p = p.add(q);
            q = q.lanewise(ROL, 15).lanewise(XOR, p);
            p = p.add(q);
            q = q.lanewise(ROL, 26).lanewise(XOR, p);
            p = p.add(q);
            q = q.lanewise(ROL, 6).lanewise(XOR, p);
            p = p.add(k1);
            q = q.add(k2 + 1);
            p = p.add(q);
            q = q.lanewise(ROL, 17).lanewise(XOR, p);
            p = p.add(q);
            q = q.lanewise(ROL, 29).lanewise(XOR, p);
            p = p.add(q);
            q = q.lanewise(ROL, 16).lanewise(XOR, p);
            p = p.add(q);
            q = q.lanewise(ROL, 24).lanewise(XOR, p);
            p = p.add(k2);
            q = q.add(k0 + 2);
            p = p.add(q);
            q = q.lanewise(ROL, 13).lanewise(XOR, p);
            p = p.add(q);
            q = q.lanewise(ROL, 15).lanewise(XOR, p);
            p = p.add(q);
            q = q.lanewise(ROL, 26).lanewise(XOR, p);
            p = p.add(q);
            q = q.lanewise(ROL, 6).lanewise(XOR, p);
            p = p.add(k0);
            q = q.add(k1 + 3);
            p = p.add(q);
            q = q.lanewise(ROL, 17).lanewise(XOR, p);
            int i = step * L / HALF * 2 * stride + step * L % HALF;
            VectorMask<Float> keep =
                    ((FloatVector) p.lanewise(LSHR, 8).convertShape(I2F, F, 0))
                            .mul(UNIT)
                            .compare(GE, rate);
            ZERO.blend(FloatVector.fromArray(F, x, xAt + i).mul(kept), keep).intoArray(y, yAt + i);
            int j = i + stride;
            keep =
                    ((FloatVector) q.lanewise(LSHR, 8).convertShape(I2F, F, 0))
                            .mul(UNIT)
                            .compare(GE, rate);
            ZERO.blend(FloatVector.fromArray(F, x, xAt + j).mul(kept), keep).intoArray(y, yAt + j);
        }
    }
}
