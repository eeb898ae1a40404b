package dev.unroll.tensor;

/**
 * The spectral radius of a square matrix: the largest absolute value of its eigenvalues. It decides
 * whether a vector that is multiplied again and again vanishes (below 1) or explodes (above 1)
 * (Pascanu et al. 2013, section 2.1).
 */
public final class SpectralRadius {
    private static final int SETTLING = 200;
    private static final int MEASURED = 2_000;

    /** Above this side, squaring a matrix in the backend is faster than so many products. */
    private static final int SMALL = 64;

    private static final int SQUARINGS = 10;

    private SpectralRadius() {}

    /**
     * {@return the spectral radius, to about one part in a hundred} The mean growth of a vector
     * under repeated multiplication is measured (Gelfand's formula), in double precision; it also
     * converges where the largest eigenvalues are a complex pair. Of a large matrix A it is the
     * norm of A¹⁰²⁴ to the power of 1/1024, in single precision.
     *
     * @param matrix [n, n]
     * @throws IllegalArgumentException if it is not square
     */
    public static double of(Tensor matrix) {
        if (matrix.rank() != 2 || matrix.dim(0) != matrix.dim(1)) {
            throw new IllegalArgumentException(
                    "a spectral radius is of a square matrix, not of " + matrix.shape());
        }
        int n = matrix.dim(0);
        float[] a = matrix.toArray();
        if (n > SMALL) {
            return MemoryScope.run(() -> bySquaring(Tensor.of(a, n, n)));
        }
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = 1 + 1.0 / (i + 1); // meets every eigenvector unless it is made not to
        }
        double log = 0;
        for (int step = -SETTLING; step < MEASURED; step++) {
            double[] y = new double[n];
            double squares = 0;
            for (int i = 0; i < n; i++) {
                double sum = 0;
                for (int j = 0; j < n; j++) {
                    sum += a[i * n + j] * x[j];
                }
                y[i] = sum;
                squares += sum * sum;
            }
            double norm = Math.sqrt(squares);
            if (!(norm > 0)) {
                return norm; // the zero vector, or not a number
            }
            for (int i = 0; i < n; i++) {
                y[i] /= norm;
            }
            x = y;
            log += step < 0 ? 0 : Math.log(norm);
        }
        return Math.exp(log / MEASURED);
    }

    private static double bySquaring(Tensor matrix) {
        Tensor power = matrix;
        double log = 0;
        double exponent = 1;
        for (int k = 0; ; k++) {
            double norm = Probe.norm(power);
            if (!(norm > 0)) {
                return norm;
            }
            log += Math.log(norm) * exponent;
            if (k == SQUARINGS) {
                return Math.exp(log);
            }
            Tensor unit = power.times((float) (1 / norm));
            power = unit.matmul(unit);
            exponent /= 2;
        }
    }
}
