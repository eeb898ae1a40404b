package dev.unroll.vector;

import dev.unroll.backend.Attention;
import dev.unroll.backend.Backend;
import dev.unroll.backend.Buffer;
import dev.unroll.backend.Elementwise;
import dev.unroll.backend.Groups;
import dev.unroll.backend.Normalisation;
import dev.unroll.backend.View;
import dev.unroll.backend.scalar.ComposedEncoder;
import dev.unroll.backend.scalar.ScalarBackend;
import dev.unroll.memory.ArrayBuffer;
import dev.unroll.memory.Workspace;
import dev.unroll.vector.attention.VectorAttention;
import dev.unroll.vector.attention.VectorLinearAttention;
import dev.unroll.vector.base.Workers;
import dev.unroll.vector.elementwise.VectorElementwise;
import dev.unroll.vector.elementwise.VectorLosses;
import dev.unroll.vector.elementwise.VectorNormalisation;
import dev.unroll.vector.elementwise.VectorRows;
import dev.unroll.vector.elementwise.VectorUpdates;
import dev.unroll.vector.gemm.VectorProducts;
import dev.unroll.vector.image.VectorImages;
import dev.unroll.vector.inference.VectorInference;
import dev.unroll.vector.recurrent.VectorRecurrence;
import dev.unroll.vector.recurrent.VectorScan;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import jdk.incubator.vector.FloatVector;

/** Vector instructions through jdk.incubator.vector, on several threads. */
public final class VectorBackend implements Backend {
    private final Workers workers;
    private final ScalarBackend scalar = new ScalarBackend();
    private final WarmUp warmUp;

    /**
     * Makes a backend with threads of its own.
     *
     * @param threads number of threads that work, the caller's included; at least 1
     */
    public VectorBackend(int threads) {
        this(threads, WarmUp.Rule.ofProcess());
    }

    VectorBackend(int threads, WarmUp.Rule rule) {
        if (threads < 1) {
            throw new IllegalArgumentException(threads + " threads; at least 1 is needed");
        }
        workers = new Workers(threads);
        warmUp = new WarmUp(groups(false), groups(true), rule);
    }

    private Groups groups(boolean plain) {
        Elementwise elementwise = new VectorElementwise(workers, scalar.elementwise(), plain);
        Normalisation normalisation = new VectorNormalisation(workers, plain);
        Attention attention = new VectorAttention(workers, plain);
        return new Groups(
                elementwise,
                new VectorProducts(workers, plain),
                new VectorRows(workers, plain),
                normalisation,
                new VectorLosses(workers),
                new VectorRecurrence(workers, plain),
                new VectorScan(workers, plain),
                attention,
                new VectorLinearAttention(workers),
                new VectorImages(workers, new VectorProducts(workers)),
                new VectorUpdates(workers),
                new VectorInference(
                        workers,
                        scalar.inference(),
                        own -> new ComposedEncoder(own, attention, elementwise, normalisation),
                        plain));
    }

    /** Bits in a vector register. */
    static int bits() {
        return FloatVector.SPECIES_PREFERRED.vectorBitSize();
    }

    @Override
    public String name() {
        return "vector";
    }

    @Override
    public String description() {
        int threads = threads();
        return bits() + "-bit vectors, " + threads + (threads == 1 ? " thread" : " threads");
    }

    @Override
    public String arithmetic() {
        return "vector, " + bits() + " bits";
    }

    @Override
    public int threads() {
        return workers.threads();
    }

    @Override
    public Buffer allocate(int size) {
        return Workspace.allocate(size);
    }

    @Override
    public void write(float[] from, Buffer to) {
        scalar.write(from, to);
    }

    @Override
    public void read(View from, float[] to) {
        if (from.contiguous()) {
            System.arraycopy(ArrayBuffer.floats(from.buffer()), from.offset(), to, 0, from.size());
        } else {
            scalar.read(from, to);
        }
    }

    @Override
    public Groups groups() {
        return warmUp.groups();
    }

    @Override
    public Future<?> warmUp() {
        return warmUp.begin();
    }

    @Override
    public void sideBySide(int parts, IntConsumer part) {
        workers.run(parts, part);
    }
}
