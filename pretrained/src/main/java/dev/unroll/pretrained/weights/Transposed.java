package dev.unroll.pretrained.weights;

/** Matrices turned. */
final class Transposed {
    /** Rows and columns of a piece that stays in the cache. */
    private static final int TILE = 32;

    private Transposed() {}

    /** [rows, columns] to [columns, rows]. */
    static float[] of(float[] from, int rows) {
        int columns = rows == 0 ? 0 : from.length / rows;
        float[] to = new float[from.length];
        for (int i0 = 0; i0 < rows; i0 += TILE) {
            int i1 = Math.min(rows, i0 + TILE);
            for (int j0 = 0; j0 < columns; j0 += TILE) {
                int j1 = Math.min(columns, j0 + TILE);
                for (int j = j0; j < j1; j++) {
                    for (int i = i0; i < i1; i++) {
                        to[j * rows + i] = from[i * columns + j];
                    }
                }
            }
        }
        return to;
    }
}
