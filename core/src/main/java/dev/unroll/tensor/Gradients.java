package dev.unroll.tensor;

import dev.unroll.backend.Backends;
import dev.unroll.backend.Binary;
import dev.unroll.backend.Buffer;
import dev.unroll.backend.View;
import dev.unroll.memory.Workspace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedCollection;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The gradients of one number: a value, returned and not stored in the layers.
 *
 * <pre>{@code
 * Gradients gradients = Gradients.of(() -> model.loss(batch));
 * Tensor slope = gradients.of(model.weight());
 * }</pre>
 *
 * <p>Derivatives are recorded on the thread that calls. What depends on a parameter and was
 * computed inside on another thread (a parallel stream, an executor, a virtual thread) is refused.
 *
 * <p>Tensors made inside live until their derivatives are computed; the loss and the gradients
 * outlive that. A tensor that is carried out some other way refuses to be read: take its numbers
 * inside.
 */
public final class Gradients {
    private final float loss;
    private final Map<Tensor, Tensor> byTensor;

    private Gradients(float loss, Map<Tensor, Tensor> byTensor) {
        this.loss = loss;
        this.byTensor = byTensor;
    }

    /**
     * Computes a number and its gradients with respect to every parameter it depends on.
     *
     * @param computation gives one number
     * @param alsoBy further tensors to differentiate by
     * @throws IllegalArgumentException if the result is not one number
     * @throws IllegalStateException if a result that depends on a parameter comes from another
     *     thread
     */
    public static Gradients of(Supplier<Tensor> computation, Tensor... alsoBy) {
        return Workspace.run(
                () -> {
                    Tape tape = new Tape(alsoBy);
                    Tensor loss = tape.note(computation);
                    if (loss.size() != 1) {
                        throw new IllegalArgumentException(
                                "gradients are of one number, and this is " + loss.shape());
                    }
                    float number = loss.item();
                    Map<Tensor, Tensor> kept = new HashMap<>();
                    tape.backwards(loss)
                            .forEach((tensor, gradient) -> kept.put(tensor, value(gradient)));
                    return new Gradients(number, kept);
                },
                Gradients::buffers);
    }

    /**
     * Computes the sum of several numbers and its gradients, one number after the other: what was
     * recorded for one is given back before the next begins, so that the memory is that of the
     * largest and of two sets of gradients (gradient accumulation).
     *
     * @param parts each gives one number; at least one
     * @throws IllegalArgumentException if there are none, or a result is not one number
     */
    public static Gradients ofSum(List<Supplier<Tensor>> parts) {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("the gradients of a sum of no numbers");
        }
        return Workspace.run(
                () -> {
                    Gradients sum = of(parts.getFirst());
                    for (Supplier<Tensor> part : parts.subList(1, parts.size())) {
                        sum = sum.plus(of(part));
                    }
                    return sum;
                },
                Gradients::buffers);
    }

    /** The gradients of the sum of two numbers; those of both are used up. */
    private Gradients plus(Gradients other) {
        IdentityHashMap<Buffer, Integer> uses = new IdentityHashMap<>();
        buffers().forEach(buffer -> uses.merge(buffer, 1, Integer::sum));
        Map<Tensor, Tensor> sum = new HashMap<>(byTensor);
        Set<Buffer> spent = Collections.newSetFromMap(new IdentityHashMap<>());
        other.byTensor.forEach(
                (tensor, gradient) -> {
                    Tensor mine = sum.putIfAbsent(tensor, gradient);
                    if (mine == null) {
                        return;
                    }
                    View into = mine.view();
                    if (uses.getOrDefault(into.buffer(), 0) == 1) {
                        Backends.current()
                                .elementwise()
                                .map(Binary.PLUS, into, gradient.view(), into);
                    } else { // two tensors have one gradient, or two gradients one buffer
                        sum.put(tensor, value(mine.plus(gradient)));
                        spent.add(into.buffer());
                    }
                    spent.add(gradient.view().buffer());
                });
        sum.values().forEach(gradient -> spent.remove(gradient.view().buffer()));
        spent.forEach(Workspace::release);
        return new Gradients(loss + other.loss, sum);
    }

    /** Contiguous, and a constant wherever it is used. */
    private static Tensor value(Tensor gradient) {
        return new Tensor(gradient.contiguous().view(), null, false);
    }

    private List<Buffer> buffers() {
        List<Buffer> buffers = new ArrayList<>();
        byTensor.values().forEach(g -> buffers.add(g.view().buffer()));
        return buffers;
    }

    /** The number itself. */
    public float loss() {
        return loss;
    }

    /** {@return whether the loss depends on the parameter at all} */
    public boolean has(Parameter parameter) {
        return byTensor.containsKey(parameter.value());
    }

    /** The gradient with respect to a parameter; zeros if the number does not depend on it. */
    public Tensor of(Parameter parameter) {
        return of(parameter.value());
    }

    /** The gradient with respect to a tensor named beforehand, or a parameter's value. */
    public Tensor of(Tensor tensor) {
        Tensor gradient = byTensor.get(tensor);
        return gradient == null ? Tensor.zeros(tensor.shape().dims()) : gradient;
    }

    /**
     * Euclidean norm of the gradients of some parameters together (Pascanu et al. 2013), added in
     * their order.
     */
    public double norm(SequencedCollection<Parameter> parameters) {
        double sum = 0;
        for (Parameter parameter : parameters) {
            Tensor gradient = byTensor.get(parameter.value());
            if (gradient != null) {
                sum += Backends.current().updates().sumOfSquares(gradient.view());
            }
        }
        return Math.sqrt(sum);
    }
}
