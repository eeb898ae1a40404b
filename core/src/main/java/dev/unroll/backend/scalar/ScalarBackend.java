package dev.unroll.backend.scalar;

import static dev.unroll.memory.ArrayBuffer.floats;

import dev.unroll.backend.Backend;
import dev.unroll.backend.Buffer;
import dev.unroll.backend.Groups;
import dev.unroll.backend.View;
import dev.unroll.memory.ArrayBuffer;
import dev.unroll.memory.Workspace;
import java.util.function.IntConsumer;

/** The reference: plain loops, one thread, written to be read. Every other backend equals it. */
public final class ScalarBackend implements Backend {
    private final Groups groups =
            new Groups(
                    new ScalarElementwise(),
                    new ScalarProducts(),
                    new ScalarRows(),
                    new ScalarNormalisation(),
                    new ScalarLosses(),
                    new ScalarRecurrence(),
                    new ScalarScan(),
                    new ScalarAttention(),
                    new ScalarLinearAttention(),
                    new ScalarImages(),
                    new ScalarUpdates(),
                    new ScalarInference(),
                    new ComposedEncoder(
                            new ScalarInference(),
                            new ScalarAttention(),
                            new ScalarElementwise(),
                            new ScalarNormalisation()));

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
        groups.elementwise().copy(from, copy);
    }

    @Override
    public Groups groups() {
        return groups;
    }

    @Override
    public void sideBySide(int parts, IntConsumer part) {
        for (int i = 0; i < parts; i++) {
            part.accept(i);
        }
    }
}
