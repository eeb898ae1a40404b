package dev.unroll.bench.gemm;

import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Single products under JMH: CONTRIBUTING.md says how to run it. */
@SuppressWarnings("NullAway.Init") // JMH sets the fields
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ProductBenchmark {
    @Param({"1"})
    int threads;

    @Param({"NN", "TN", "NT"})
    Form form;

    /** Rows of the result, inner size, columns of the result. */
    @Param({"64x64x64", "256x256x256", "1024x1024x1024", "2048x256x1024", "4x256x1024"})
    String size;

    private UnrollProduct product;

    /** Makes the operands. */
    @Setup
    public void operands() {
        int[] sizes =
                Pattern.compile("x").splitAsStream(size).mapToInt(Integer::parseInt).toArray();
        product = new UnrollProduct(new Size(form, sizes[0], sizes[1], sizes[2]), threads);
    }

    /** One product. */
    @Benchmark
    public void product() {
        product.multiply();
    }
}
