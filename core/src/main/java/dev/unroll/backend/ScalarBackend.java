package dev.unroll.backend;

import static dev.unroll.backend.ArrayBuffer.floats;

import java.util.function.IntConsumer;

/** The reference: plain loops, one thread, written to be read. Every other backend equals it. */
public final class ScalarBackend implements Backend {
    private final Elementwise elementwise = new ScalarElementwise();
    private final Products products = new ScalarProducts();
    private final Rows rows = new ScalarRows();
    private final Normalisation normalisation = new ScalarNormalisation();
    private final Losses losses = new ScalarLosses();
    private final Recurrence recurrence = new ScalarRecurrence();
    private final Attention attention = new ScalarAttention();
    private final Pictures pictures = new ScalarPictures();
    private final Updates updates = new ScalarUpdates();
    private final Inference inference = new ScalarInference();

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public String description() {
        return "plain Java loops, 1 thread";
    }

    @Override
    public int threads() {
        return 1;
    }

    @Override
    public Buffer allocate(int size) {
        return Workspace.allocate(size);
    }

    @Override
    public void write(float[] from, Buffer to) {
        System.arraycopy(from, 0, floats(to), 0, from.length);
    }

    @Override
    public void read(View from, float[] to) {
        View copy = View.of(ArrayBuffer.of(to), from.dims());
        elementwise.copy(from, copy);
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
        for (int i = 0; i < parts; i++) {
            part.accept(i);
        }
    }
}
