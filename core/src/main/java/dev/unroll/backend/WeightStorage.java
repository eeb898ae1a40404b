package dev.unroll.backend;

/**
 * The form in which weights are kept for products ({@link Inference#fix(View, WeightStorage)}).
 * With few rows a product waits for its weights to come from memory, so smaller ones are faster;
 * sums are always taken in single precision.
 */
public enum WeightStorage {
    /** As they are: single precision, 4 bytes each. */
    F32,
    /**
     * Rounded to the nearest bfloat16, of two equally near to the even one: 8 significant bits, 2
     * bytes each. A weight changes by at most 1/256 of itself; one beyond the range becomes
     * infinite.
     */
    BF16,
    /**
     * Whole numbers from −127 to 127 times a scale for each column, which is a 127th of the
     * column's largest magnitude: 1 byte each. A weight changes by at most half a scale.
     */
    INT8;

    /** The nearest bfloat16, as the upper half of a float's bits. */
    public static int bfloat16(float x) {
        int bits = Float.floatToRawIntBits(x);
        if (Float.isNaN(x)) {
            return bits >>> 16 | 1;
        }
        return bits + 0x7FFF + (bits >>> 16 & 1) >>> 16;
    }

    /** The number that such a half stands for. */
    public static float ofBfloat16(int half) {
        return Float.intBitsToFloat(half << 16);
    }

    /** The scale of a column with this largest magnitude; 1 for a column of zeros. */
    public static float scale(float largest) {
        return largest > 0 ? largest / 127 : 1;
    }

    /** The whole number that a weight becomes. */
    public static int quantised(float x, float scale) {
        return Math.clamp(Math.round(x / scale), -127, 127);
    }
}
