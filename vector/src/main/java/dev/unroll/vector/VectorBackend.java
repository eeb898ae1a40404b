package dev.unroll.vector;

import dev.unroll.backend.ArrayBuffer;
import dev.unroll.backend.Attention;
import dev.unroll.backend.Backend;
import dev.unroll.backend.Buffer;
import dev.unroll.backend.Elementwise;
import dev.unroll.backend.Inference;
import dev.unroll.backend.Losses;
import dev.unroll.backend.Normalisation;
import dev.unroll.backend.Pictures;
import dev.unroll.backend.Products;
import dev.unroll.backend.Recurrence;
import dev.unroll.backend.Rows;
import dev.unroll.backend.ScalarBackend;
import dev.unroll.backend.Updates;
import dev.unroll.backend.View;
import dev.unroll.backend.Workspace;
import java.util.function.IntConsumer;
import jdk.incubator.vector.FloatVector;

/** Vector instructions through jdk.incubator.vector, on several threads. */
public final class VectorBackend implements Backend {
    private final Workers workers;
    private final ScalarBackend scalar = new ScalarBackend();
    private final VectorElementwise elementwise;
    private final VectorProducts products;
    private final VectorRecurrence recurrence;
    private final VectorAttention attention;
    private final VectorRows rows;
    private final VectorLosses losses;
    private final VectorNormalisation normalisation;
    private final VectorPictures pictures;
    private final VectorUpdates updates;
    private final VectorInference inference;

    /**
     * Makes a backend with threads of its own.
     *
     * @param threads number of threads that work, the caller's included; at least 1
     */
    public VectorBackend(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException(threads + " threads; at least 1 is needed");
        }
        workers = new Workers(threads);
        elementwise = new VectorElementwise(workers, scalar.elementwise());
        products = new VectorProducts(workers);
        recurrence = new VectorRecurrence(workers);
        attention = new VectorAttention(workers);
        rows = new VectorRows(workers);
        losses = new VectorLosses(workers);
        normalisation = new VectorNormalisation(workers);
        pictures = new VectorPictures(workers, products);
        updates = new VectorUpdates(workers);
        inference = new VectorInference(workers, scalar.inference());
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
    public Elementwise elementwise() {
        return elementwise;
    }

    @Override
    public Products products() {
        return products;
    }

    @Override
    public Rows rows() {
        return rows;
    }

    @Override
    public Normalisation normalisation() {
        return normalisation;
    }

    @Override
    public Losses losses() {
        return losses;
    }

    @Override
    public Recurrence recurrence() {
        return recurrence;
    }

    @Override
    public Attention attention() {
        return attention;
    }

    @Override
    public Pictures pictures() {
        return pictures;
    }

    @Override
    public Updates updates() {
        return updates;
    }

    @Override
    public Inference inference() {
        return inference;
    }

    @Override
    public void sideBySide(int parts, IntConsumer part) {
        workers.run(parts, part);
    }
}
