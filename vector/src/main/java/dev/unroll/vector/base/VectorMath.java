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

    static final float LOG2_E = 1.44269504f;

    /** ln 2 in two parts; the first has few bits, so that its multiples are exact. */
    static final float LN2_HIGH = 0.693359375f;

    static final float LN2_LOW = -2.12194440e-4f;

    /** Adding it leaves a whole number in the low bits: 1.5·2²³. */
    static final float ROUNDER = 0x1.8p23f;

    static final int ROUNDER_BITS = 0x4B400000;
    static final int EXPONENT_BIAS = 127;
    static final int MANTISSA = 23;

    /** Above it eˣ is infinite. */
    static final float MOST = 88.72284f;

    /** Below it eˣ is 0. */
    static final float LEAST = -103.97208f;

    /** Above it tanh is 1. */
    private static final float TANH_ONE = 9.02f;

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
        FloatVector p = FloatVector.broadcast(S, 1.9875691500e-4f);
        p = p.fma(r, FloatVector.broadcast(S, 1.3981999507e-3f));
        p = p.fma(r, FloatVector.broadcast(S, 8.3334519073e-3f));
        p = p.fma(r, FloatVector.broadcast(S, 4.1665795894e-2f));
        p = p.fma(r, FloatVector.broadcast(S, 1.6666665459e-1f));
        p = p.fma(r, FloatVector.broadcast(S, 5.0000001201e-1f));
        return p.fma(r.mul(r), r);
    }

    private static FloatVector powerOfTwo(IntVector n) {
        return n.add(EXPONENT_BIAS).lanewise(LSHL, MANTISSA).reinterpretAsFloats();
    }
}
