package dev.unroll.vector.gemm;

import static dev.unroll.vector.base.Species.L;
import static dev.unroll.vector.gemm.MicroKernel.COLUMNS;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;

import dev.unroll.backend.WeightStorage;
import dev.unroll.vector.base.Workers;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * Panels like those of {@link Panels} in half or a quarter of the memory. A lane of a vector of
 * ints holds two bfloat16 of a row, of the columns i and i + L, the first in its lower half; or
 * four bytes of two rows: the two columns of the first, then of the second, from the lowest byte.
 * They become floats again a few rows at a time, in the nearest cache, right before the rows of a
 * pass by: two shifts for two vectors, or six with conversions for four.
 *
 * @param data panels one after another
 * @param rows the inner dimension
 * @param columns number of columns
 * @param storage not F32
 * @param scales of each column, rounded up to whole panels; null unless INT8
 */
@SuppressWarnings("ArrayRecordComponent") // memory, not a value
public record CompactPanels(
        int[] data, int rows, int columns, WeightStorage storage, float @Nullable [] scales)
        implements RightPanels {
    /** Rows that are opened at once: 16 KiB with vectors of 512 bits; even. */
    static final int OPENED = 128;

    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;

    /** Packs a matrix, on all threads. */
    public static CompactPanels pack(Workers workers, Matrix b, WeightStorage storage) {
        int panels = (b.columns() + COLUMNS - 1) / COLUMNS;
        int[] data = new int[Math.multiplyExact(panels, ints(b.rows(), storage))];
        float[] scales = storage == WeightStorage.INT8 ? new float[panels * COLUMNS] : null;
        CompactPanels packed = new CompactPanels(data, b.rows(), b.columns(), storage, scales);
        workers.ranges(
                panels,
                Math.max(1, (1 << 14) / Math.max(1, b.rows() * COLUMNS)),
                (from, to) -> {
                    for (int p = from; p < to; p++) {
                        packed.panel(b, p);
                    }
                });
        return packed;
    }

    /** Ints of a panel. */
    private static int ints(int rows, WeightStorage storage) {
        return storage == WeightStorage.BF16 ? rows * L : (rows + 1) / 2 * L;
    }

    private void panel(Matrix b, int p) {
        int left = p * COLUMNS;
        int at = p * ints(rows, storage);
        for (int j = left; j < Math.min(columns, left + COLUMNS); j++) {
            float scale = scales == null ? 1 : scale(b, j);
            int lane = at + (j - left) % L;
            int second = (j - left) / L;
            for (int k = 0; k < rows; k++) {
                float x = b.data()[b.index(k, j)];
                if (storage == WeightStorage.BF16) {
                    data[lane + k * L] |= WeightStorage.bfloat16(x) << 16 * second;
                } else {
                    int byteOf = WeightStorage.quantised(x, scale) & 0xFF;
                    data[lane + k / 2 * L] |= byteOf << 8 * (k % 2 * 2 + second);
                }
            }
        }
    }

    private float scale(Matrix b, int j) {
        float largest = 0;
        for (int k = 0; k < rows; k++) {
            largest = Math.max(largest, Math.abs(b.data()[b.index(k, j)]));
        }
        if (!Float.isFinite(largest)) {
            throw new IllegalArgumentException(
                    "column %d of the weights holds %s: whole numbers with a scale need finite ones"
                            .formatted(j, largest));
        }
        float scale = WeightStorage.scale(largest);
        if (scales != null) {
            scales[j] = scale;
        }
        return scale;
    }

    /**
     * Some rows of a panel as floats, [count, COLUMNS]; whole numbers without their scale.
     *
     * @param left first column of the panel
     * @param k first row, even
     * @param count number of rows
     * @param plain without vectors
     */
    void open(int left, int k, int count, float[] to, int toAt, boolean plain) {
        int panel = left / COLUMNS * ints(rows, storage);
        if (storage == WeightStorage.BF16) {
            int at = panel + k * L;
            if (plain) {
                plainHalves(data, at, count, to, toAt);
            } else {
                halves(data, at, count, to, toAt);
            }
            return;
        }
        int at = panel + k / 2 * L;
        int pairs = count / 2;
        if (plain) {
            plainBytes(data, at, count, to, toAt);
        } else {
            bytes(data, at, pairs, to, toAt);
            if (count % 2 == 1) {
                plainBytes(data, at + pairs * L, 1, to, toAt + 2 * pairs * COLUMNS);
            }
        }
    }

    private static void halves(int[] data, int at, int count, float[] to, int toAt) {
        for (int k = 0; k < count; k++) {
            IntVector both = IntVector.fromArray(INTS, data, at + k * L);
            both.lanewise(LSHL, 16).reinterpretAsFloats().intoArray(to, toAt + k * COLUMNS);
            both.and(0xFFFF0000).reinterpretAsFloats().intoArray(to, toAt + k * COLUMNS + L);
        }
    }

    private static void bytes(int[] data, int at, int pairs, float[] to, int toAt) {
        for (int pair = 0; pair < pairs; pair++) {
            IntVector four = IntVector.fromArray(INTS, data, at + pair * L);
            int y = toAt + 2 * pair * COLUMNS;
            FloatVector a =
                    (FloatVector) four.lanewise(LSHL, 24).lanewise(ASHR, 24).convert(I2F, 0);
            a.intoArray(to, y);
            FloatVector b =
                    (FloatVector) four.lanewise(LSHL, 16).lanewise(ASHR, 24).convert(I2F, 0);
            b.intoArray(to, y + L);
            FloatVector c = (FloatVector) four.lanewise(LSHL, 8).lanewise(ASHR, 24).convert(I2F, 0);
            c.intoArray(to, y + COLUMNS);
            FloatVector d = (FloatVector) four.lanewise(ASHR, 24).convert(I2F, 0);
            d.intoArray(to, y + COLUMNS + L);
        }
    }

    private static void plainHalves(int[] data, int at, int count, float[] to, int toAt) {
        for (int k = 0; k < count; k++) {
            for (int i = 0; i < L; i++) {
                int both = data[at + k * L + i];
                to[toAt + k * COLUMNS + i] = Float.intBitsToFloat(both << 16);
                to[toAt + k * COLUMNS + L + i] = Float.intBitsToFloat(both & 0xFFFF0000);
            }
        }
    }

    private static void plainBytes(int[] data, int at, int count, float[] to, int toAt) {
        for (int k = 0; k < count; k++) {
            int shift = k % 2 * 16;
            for (int i = 0; i < L; i++) {
                int four = data[at + k / 2 * L + i] >> shift;
                to[toAt + k * COLUMNS + i] = (byte) four;
                to[toAt + k * COLUMNS + L + i] = (byte) (four >> 8);
            }
        }
    }

    /** y = fma(y, scale, bias) for some columns of a row: the end of a chain of whole numbers. */
    static void scaled(
            float[] y,
            int at,
            float[] scales,
            int from,
            float @Nullable [] bias,
            int biasAt,
            int count) {
        for (int i = 0; i < count; i++) {
            y[at + i] = Math.fma(y[at + i], scales[from + i], bias == null ? 0 : bias[biasAt + i]);
        }
    }

    /** c = a·b + bias without vectors; rows of c lie whole. */
    public void plain(
            Matrix a, float @Nullable [] bias, int biasAt, Matrix c, int left, int right) {
        float[] opened = new float[rows * COLUMNS];
        for (int j = left; j < right; j += COLUMNS) {
            int width = Math.min(COLUMNS, right - j);
            open(j, 0, rows, opened, 0, true);
            Matrix some = c.part(0, c.rows(), j, width);
            for (int i = 0; i < c.rows(); i++) {
                int at = some.index(i, 0);
                if (bias == null || scales != null) {
                    Arrays.fill(c.data(), at, at + width, 0);
                } else {
                    System.arraycopy(bias, biasAt + j, c.data(), at, width);
                }
            }
            PlainGemm.add(a, new Panels(opened, rows, width), some, 0, width);
            for (int i = 0; scales != null && i < c.rows(); i++) {
                scaled(c.data(), some.index(i, 0), scales, j, bias, biasAt + j, width);
            }
        }
    }
}
