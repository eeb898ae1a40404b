package dev.unroll.bench.gemm;

import dev.unroll.bench.Contestant;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;

/** The other side: {@code cblas_sgemm} on memory outside the Java heap. */
final class OpenBlasProduct implements Contestant {
    /** Runs whose whole result is added up. */
    static final int CHECKED = 3;

    private final Size size;
    private final FloatPointer a;
    private final FloatPointer b;
    private final FloatPointer c;
    private int runs;

    OpenBlasProduct(Size size) {
        this.size = size;
        a = new FloatPointer(size.left());
        b = new FloatPointer(size.right());
        c = new FloatPointer((long) size.m() * size.n());
    }

    @Override
    public void threads(int threads) {
        openblas.blas_set_num_threads(threads);
    }

    @Override
    public double run() {
        boolean left = size.form().left();
        boolean right = size.form().right();
        openblas.cblas_sgemm(
                openblas.CblasRowMajor,
                left ? openblas.CblasTrans : openblas.CblasNoTrans,
                right ? openblas.CblasTrans : openblas.CblasNoTrans,
                size.m(),
                size.n(),
                size.k(),
                1,
                a,
                left ? size.m() : size.k(),
                b,
                right ? size.k() : size.n(),
                0,
                c,
                size.n());
        if (runs++ >= CHECKED) {
            return 0;
        }
        float[] result = new float[size.m() * size.n()];
        c.get(result);
        return Size.sum(result);
    }

    @Override
    public void close() {
        a.close();
        b.close();
        c.close();
    }
}
