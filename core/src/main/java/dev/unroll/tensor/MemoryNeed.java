package dev.unroll.tensor;

import dev.unroll.backend.Attention;
import dev.unroll.backend.Backend;
import dev.unroll.backend.Backends;
import dev.unroll.backend.Buffer;
import dev.unroll.backend.Elementwise;
import dev.unroll.backend.Encoders;
import dev.unroll.backend.Groups;
import dev.unroll.backend.Images;
import dev.unroll.backend.Inference;
import dev.unroll.backend.LinearAttentionOperations;
import dev.unroll.backend.Losses;
import dev.unroll.backend.Normalisation;
import dev.unroll.backend.Products;
import dev.unroll.backend.Recurrence;
import dev.unroll.backend.Rows;
import dev.unroll.backend.Scan;
import dev.unroll.backend.Updates;
import dev.unroll.backend.View;
import dev.unroll.memory.Tally;
import dev.unroll.memory.Workspace;
import java.lang.reflect.Proxy;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * The memory that a computation needs, found by running it without arithmetic and without memory:
 * its operations check their shapes, make their results and note their derivatives as always, but
 * no number is computed. That is exact, but for what kernels need inside, a few percent at most.
 */
public final class MemoryNeed {
    private MemoryNeed() {}

    /**
     * The most bytes of tensors that {@link Gradients#of} has at once beside the parameters.
     *
     * @param computation gives one number; must not depend on the numbers in tensors, which are all
     *     0
     */
    public static long ofGradients(Supplier<Tensor> computation) {
        return peakOf(() -> Gradients.of(computation));
    }

    /**
     * The most bytes of tensors that a prediction has at once beside the parameters, with networks
     * whose matrices are not packed.
     *
     * @param prediction must not depend on the numbers in tensors, which are all 0
     */
    static long ofPrediction(Supplier<?> prediction) {
        return peakOf(() -> MemoryScope.run(prediction));
    }

    private static long peakOf(Runnable computation) {
        Backend counting = new Counting(Backends.current().threads());
        return Backends.with(counting, () -> Tally.peakOf(computation));
    }

    /** A backend whose operations do nothing. */
    private record Counting(int threads) implements Backend {
        private static final Groups IDLE =
                new Groups(
                        idle(Elementwise.class),
                        idle(Products.class),
                        idle(Rows.class),
                        idle(Normalisation.class),
                        idle(Losses.class),
                        idle(Recurrence.class),
                        idle(Scan.class),
                        idle(Attention.class),
                        idle(LinearAttentionOperations.class),
                        idle(Images.class),
                        idle(Updates.class),
                        idle(Inference.class),
                        idle(Encoders.class));

        private static <T> T idle(Class<T> group) {
            Object proxy =
                    Proxy.newProxyInstance(
                            group.getClassLoader(),
                            new Class<?>[] {group},
                            (_, method, _) -> nothing(method.getReturnType()));
            return group.cast(proxy);
        }

        private static Object nothing(Class<?> type) {
            if (type == void.class) {
                return Void.TYPE;
            }
            if (type == double.class) {
                return 0.0;
            }
            throw new UnsupportedOperationException(
                    "an operation that returns " + type + " is for inference, and is not counted");
        }

        @Override
        public String name() {
            return "counting";
        }

        @Override
        public String description() {
            return "counts memory";
        }

        @Override
        public Buffer allocate(int size) {
            return Workspace.allocate(size);
        }

        @Override
        public void write(float[] from, Buffer to) {}

        @Override
        public void read(View from, float[] to) {}

        @Override
        public Groups groups() {
            return IDLE;
        }

        @Override
        public void sideBySide(int parts, IntConsumer part) {
            for (int i = 0; i < parts; i++) {
                part.accept(i);
            }
        }
    }
}
