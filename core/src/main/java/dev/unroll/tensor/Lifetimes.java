package dev.unroll.tensor;

import dev.unroll.backend.Buffer;
import dev.unroll.memory.Workspace;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Until when the buffers of a tape are needed on the way back. A derivative reads the inputs and
 * the results of its operation, and what it has kept for itself; so a buffer is done with after the
 * earliest operation that mentions it. A gradient's buffer is done with when no tensor's gradient
 * lies in it any more. Only buffers of the running computation are ever given back.
 */
final class Lifetimes {
    private final Map<Buffer, Integer> firstMention = new HashMap<>();
    private final Map<Buffer, Integer> gradientsIn = new HashMap<>();

    /** Operation e, counted in the order they were computed, has these inputs or results. */
    void mention(int e, Tensor[] tensors) {
        for (Tensor t : tensors) {
            firstMention.putIfAbsent(t.view().buffer(), e);
        }
    }

    /** The derivative of operation e is computed. */
    void passed(int e, Tensor[] tensors) {
        for (Tensor t : tensors) {
            Buffer buffer = t.view().buffer();
            if (firstMention.getOrDefault(buffer, -1) == e && !gradientsIn.containsKey(buffer)) {
                giveBack(buffer);
            }
        }
    }

    /** These are gradients of tensors from now on; null where there is none. */
    void hold(@Nullable Tensor... gradients) {
        for (Tensor gradient : gradients) {
            if (gradient != null) {
                gradientsIn.merge(gradient.view().buffer(), 1, Integer::sum);
            }
        }
    }

    /** These are no longer gradients of tensors; null where there was none. */
    void drop(@Nullable Tensor... gradients) {
        for (Tensor gradient : gradients) {
            if (gradient != null) {
                Buffer buffer = gradient.view().buffer();
                gradientsIn.computeIfPresent(buffer, (b, n) -> n == 1 ? null : n - 1);
            }
        }
        for (Tensor gradient : gradients) {
            if (gradient != null) {
                Buffer buffer = gradient.view().buffer();
                if (!gradientsIn.containsKey(buffer) && !firstMention.containsKey(buffer)) {
                    giveBack(buffer);
                }
            }
        }
    }

    /**
     * {@return whether nothing else can lie in this gradient's buffer, so that it may be changed}
     */
    boolean soleGradient(Tensor gradient) {
        Buffer buffer = gradient.view().buffer();
        return gradientsIn.getOrDefault(buffer, 0) == 1
                && !firstMention.containsKey(buffer)
                && Workspace.owns(buffer);
    }

    private static void giveBack(Buffer buffer) {
        if (Workspace.owns(buffer)) {
            Workspace.release(buffer);
        }
    }
}
