package dev.unroll.bench.gemm;

import static dev.unroll.bench.gemm.Form.NN;
import static dev.unroll.bench.gemm.Form.NT;
import static dev.unroll.bench.gemm.Form.TN;

import dev.unroll.bench.Pace;
import dev.unroll.bench.Work;
import java.util.ArrayList;
import java.util.List;

/** Matrix products, square and of the models' own shapes, on one thread and on two. */
public final class GemmWorks {
    private GemmWorks() {}

    private static final int[] SQUARES = {64, 96, 128, 192, 256, 384, 512, 768, 1024, 1536};

    /** Rows, inputs and outputs of layers in training. */
    private static final int[][] LAYERS = {
        {2048, 256, 1024},
        {2048, 1024, 256},
        {2048, 128, 512},
        {4096, 128, 128},
        {700, 650, 2600},
        {700, 650, 10000},
        {2048, 512, 2048},
    };

    /** Rows, inputs and outputs of one step of a recurrence or of decoding. */
    private static final int[][] STEPS = {
        {32, 256, 1024},
        {20, 650, 2600},
        {64, 512, 2048},
        {1, 256, 1024},
        {2, 256, 1024},
        {4, 256, 1024},
        {8, 256, 1024},
        {16, 256, 1024},
        {1, 512, 10000},
        {1024, 256, 8},
    };

    /** All of them. */
    public static List<Work> all() {
        List<Size> sizes = new ArrayList<>();
        for (int n : SQUARES) {
            sizes.add(new Size(NN, n, n, n));
            if (Integer.bitCount(n) == 1) {
                sizes.add(new Size(TN, n, n, n));
                sizes.add(new Size(NT, n, n, n));
            }
        }
        for (int[] layer : LAYERS) {
            int rows = layer[0];
            int in = layer[1];
            int out = layer[2];
            sizes.add(new Size(NN, rows, in, out));
            sizes.add(new Size(TN, in, rows, out));
            sizes.add(new Size(NT, rows, out, in));
        }
        for (int[] step : STEPS) {
            sizes.add(new Size(NN, step[0], step[1], step[2]));
            sizes.add(new Size(NT, step[0], step[1], step[2]));
        }
        sizes.add(new Size(NN, 8, 4096, 8));
        List<Work> works = new ArrayList<>();
        for (int threads = 1; threads <= 2; threads++) {
            for (Size size : sizes) {
                works.add(work(size, threads));
            }
        }
        return works;
    }

    private static Work work(Size size, int threads) {
        return new Work(
                "gemm-" + size + "-" + threads + "t",
                "openblas",
                "GFLOP/s",
                size.giga(),
                () -> new UnrollProduct(size, threads),
                () -> new OpenBlasProduct(size),
                List.of(threads),
                1e-5,
                Pace.KERNELS);
    }
}
