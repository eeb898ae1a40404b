package dev.unroll.vector;

import dev.unroll.backend.Attention;
import dev.unroll.backend.Backend;
import dev.unroll.backend.Buffer;
import dev.unroll.backend.Elementwise;
import dev.unroll.backend.EncoderStack;
import dev.unroll.backend.Encoders;
import dev.unroll.backend.Groups;
import dev.unroll.backend.Inference;
import dev.unroll.backend.Normalisation;
import dev.unroll.backend.Products;
import dev.unroll.backend.Recurrence;
import dev.unroll.backend.Rows;
import dev.unroll.backend.Scan;
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
import dev.unroll.vector.inference.VectorEncoders;
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
        warmUp = new WarmUp(loops(workers), loops(new Workers(1)), rule);
    }

    private WarmUp.Loops loops(Workers workers) {
        return new WarmUp.Loops(groups(workers, false), groups(workers, true));
    }

    private Groups groups(Workers workers, boolean plain) {
        Elementwise elementwise = new VectorElementwise(workers, scalar.elementwise(), plain);
        Normalisation normalisation = new VectorNormalisation(workers, plain);
        Attention attention = new VectorAttention(workers, plain);
        Inference inference = new VectorInference(workers, scalar.inference(), plain);
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
                inference,
                plain
                        ? new ComposedEncoder(inference, attention, elementwise, normalisation)
                        : new VectorEncoders(workers, this::composed));
    }

    /** An encoder's layers out of single operations, each with vectors when its part is ready. */
    private void composed(EncoderStack stack, View x, View y) {
        new ComposedEncoder(inference(), attention(), elementwise(), normalisation())
                .encode(stack, x, y);
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
    public Elementwise elementwise() {
        return warmUp.groups(Part.ELEMENTWISE).elementwise();
    }

    @Override
    public Products products() {
        return warmUp.groups(Part.PRODUCTS).products();
    }

    @Override
    public Rows rows() {
        return warmUp.groups(Part.ROWS).rows();
    }

    @Override
    public Normalisation normalisation() {
        return warmUp.groups(Part.NORMALISATION).normalisation();
    }

    @Override
    public Recurrence recurrence() {
        return warmUp.groups(Part.RECURRENCE).recurrence();
    }

    @Override
    public Scan scan() {
        return warmUp.groups(Part.SCAN).scan();
    }

    @Override
    public Attention attention() {
        return warmUp.groups(Part.ATTENTION).attention();
    }

    @Override
    public Inference inference() {
        return warmUp.groups(Part.INFERENCE).inference();
    }

    @Override
    public Encoders encoders() {
        return warmUp.groups(Part.ENCODERS).encoders();
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
