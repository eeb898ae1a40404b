package dev.unroll.vector.base;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Functions of every lane: {@link #exp} within 2 units in the last place of the true value, the
 * others within 3; right at infinities, at zeros and for what is not a number. Lanes do not see
 * each other, so a number's result does not depend on its place in a vector.
 */
public final class VectorMath {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

    private static final float LOG2_E = 1.44269504f;

    /** ln 2 in two parts; the first has few bits, so that its multiples are exact. */
    private static final float LN2_HIGH = 0.693359375f;

    private static final float LN2_LOW = -2.12194440e-4f;

    /** Adding it leaves a whole number in the low bits: 1.5·2²³. */
    private static final float ROUNDER = 0x1.8p23f;

    private static final int ROUNDER_BITS = 0x4B400000;
    private static final int EXPONENT_BIAS = 127;
    private static final int MANTISSA = 23;

    /** Above it eˣ is infinite. */
    private static final float MOST = 88.72284f;

    /** Below it eˣ is 0. */
    private static final float LEAST = -103.97208f;

    /** Below it eˣ is less than the least normal number, 2⁻¹²⁶. */
    private static final float LEAST_NORMAL = -87.336544f;

    /** Above it tanh is 1. */
    private static final float TANH_ONE = 9.02f;

    /** The polynomial of {@link #exp} on one power of two, from its highest power down. */
    private static final float P0 = 1.9875691500e-4f;

    private static final float P1 = 1.3981999507e-3f;
    private static final float P2 = 8.3334519073e-3f;
    private static final float P3 = 4.1665795894e-2f;
    private static final float P4 = 1.6666665459e-1f;
    private static final float P5 = 5.0000001201e-1f;

    private VectorMath() {}

    /** eˣ. */
    public static FloatVector exp(FloatVector x) {
        FloatVector shifted = x.fma(FloatVector.broadcast(S, LOG2_E), rounder());
        FloatVector n = shifted.sub(ROUNDER);
        FloatVector y = beyondOne(reduced(x, n)).add(1);
        IntVector whole = shifted.reinterpretAsInts().sub(ROUNDER_BITS);
        // in two factors, for what is smaller or larger than a power of two that a float can hold
        IntVector half = whole.lanewise(ASHR, 1);
        y = y.mul(powerOfTwo(half)).mul(powerOfTwo(whole.sub(half)));
        y = y.blend(Float.POSITIVE_INFINITY, x.compare(GT, MOST));
        return y.blend(0, x.compare(LT, LEAST));
    }

    /**
     * eˣ of an x of at most 88, such as those of a softmax; 0 where it is less than the least
     * normal number. Elsewhere it has the bits of {@link #exp}, with a third fewer operations.
     */
    public static FloatVector expOrZero(FloatVector x) {
        FloatVector shifted = x.fma(FloatVector.broadcast(S, LOG2_E), rounder());
        FloatVector y = beyondOne(reduced(x, shifted.sub(ROUNDER))).add(1);
        // the bits of the rounder all leave a number on the left
        IntVector power =
                shifted.reinterpretAsInts().lanewise(LSHL, MANTISSA).add(EXPONENT_BIAS << MANTISSA);
        return y.mul(power.reinterpretAsFloats()).blend(0, x.compare(LT, LEAST_NORMAL));
    }

    /** 1 / (1 + e⁻ˣ); where that is less than the least normal number, that or 0. */
    public static FloatVector sigmoid(FloatVector x) {
        return FloatVector.broadcast(S, 1).div(exp(x.neg()).add(1));
    }

    /** (e²ˣ − 1) / (e²ˣ + 1), from e²ˣ − 1 and not from e²ˣ, which would lose small x. */
    public static FloatVector tanh(FloatVector x) {
        FloatVector size = x.abs();
        size = size.min(TANH_ONE);
        FloatVector twice = size.add(size);
        FloatVector shifted = twice.fma(FloatVector.broadcast(S, LOG2_E), rounder());
        FloatVector n = shifted.sub(ROUNDER);
        FloatVector power = powerOfTwo(shifted.reinterpretAsInts().sub(ROUNDER_BITS));
        FloatVector less = beyondOne(reduced(twice, n)).fma(power, power.sub(1)); // e²ˣ − 1
        FloatVector y = less.div(less.add(2));
        IntVector sign = x.reinterpretAsInts().and(Integer.MIN_VALUE);
        return y.reinterpretAsInts().or(sign).reinterpretAsFloats();
    }

    private static FloatVector rounder() {
        return FloatVector.broadcast(S, ROUNDER);
    }

    /** x − n·ln 2. */
    private static FloatVector reduced(FloatVector x, FloatVector n) {
        FloatVector r = n.fma(FloatVector.broadcast(S, -LN2_HIGH), x);
        return n.fma(FloatVector.broadcast(S, -LN2_LOW), r);
    }

    /** eʳ − 1 for |r| ≤ ln 2 / 2, as expf of the Cephes library has it (Moshier 1984). */
    private static FloatVector beyondOne(FloatVector r) {
        FloatVector p = FloatVector.broadcast(S, P0);
        p = p.fma(r, FloatVector.broadcast(S, P1));
        p = p.fma(r, FloatVector.broadcast(S, P2));
        p = p.fma(r, FloatVector.broadcast(S, P3));
        p = p.fma(r, FloatVector.broadcast(S, P4));
        p = p.fma(r, FloatVector.broadcast(S, P5));
        return p.fma(r.mul(r), r);
    }

    private static FloatVector powerOfTwo(IntVector n) {
        return n.add(EXPONENT_BIAS).lanewise(LSHL, MANTISSA).reinterpretAsFloats();
    }

    /** {@link #exp(FloatVector)} of one number, to the same bits. */
    public static float exp(float x) {
        if (x > MOST) {
            return Float.POSITIVE_INFINITY;
        }
        if (x < LEAST) {
            return 0;
        }
        float shifted = Math.fma(x, LOG2_E, ROUNDER);
        float y = beyondOne(reduced(x, shifted - ROUNDER)) + 1;
        int whole = Float.floatToRawIntBits(shifted) - ROUNDER_BITS;
        int half = whole >> 1;
        return y * powerOfTwo(half) * powerOfTwo(whole - half);
    }

    /** {@link #expOrZero(FloatVector)} of one number, to the same bits. */
    public static float expOrZero(float x) {
        return x < LEAST_NORMAL ? 0 : exp(x);
    }

    /** {@link #sigmoid(FloatVector)} of one number, to the same bits. */
    public static float sigmoid(float x) {
        return 1 / (exp(-x) + 1);
    }

    /** {@link #tanh(FloatVector)} of one number, to the same bits. */
    public static float tanh(float x) {
        float size = Math.min(Math.abs(x), TANH_ONE);
        float twice = size + size;
        float shifted = Math.fma(twice, LOG2_E, ROUNDER);
        float power = powerOfTwo(Float.floatToRawIntBits(shifted) - ROUNDER_BITS);
        float less = Math.fma(beyondOne(reduced(twice, shifted - ROUNDER)), power, power - 1);
        float y = less / (less + 2);
        int sign = Float.floatToRawIntBits(x) & Integer.MIN_VALUE;
        return Float.intBitsToFloat(Float.floatToRawIntBits(y) | sign);
    }

    private static float reduced(float x, float n) {
        return Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, x));
    }

    private static float beyondOne(float r) {
        float p = Math.fma(P0, r, P1);
        p = Math.fma(p, r, P2);
        p = Math.fma(p, r, P3);
        p = Math.fma(p, r, P4);
        p = Math.fma(p, r, P5);
        return Math.fma(p, r * r, r);
    }

    private static float powerOfTwo(int n) {
        return Float.intBitsToFloat(n + EXPONENT_BIAS << MANTISSA);
    }
}
