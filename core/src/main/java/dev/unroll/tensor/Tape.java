package dev.unroll.tensor;

import dev.unroll.backend.Backends;
import dev.unroll.backend.Binary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The operations that were computed, in order, each with its derivative: reverse-mode
 * differentiation (Linnainmaa 1970; Baydin et al. 2018, section 3.2). Read backwards, it carries
 * the gradient of the result to everything that was tracked.
 */
final class Tape {
    private static final ScopedValue<Tape> CURRENT = ScopedValue.newInstance();

    /** From the gradient of an operation's result to those of its inputs; null where none. */
    @FunctionalInterface
    interface Derivative {
        @Nullable Tensor[] of(Tensor dy);
    }

    /** The derivative of an operation with several results; an unused one has the gradient null. */
    @FunctionalInterface
    interface Derivatives {
        @Nullable Tensor[] of(@Nullable Tensor[] dys);
    }

    private record Entry(Tensor[] outputs, Tensor[] inputs, Derivatives derivatives) {}

    /** Tapes on which some thread is recording. */
    private static final Set<Tape> OPEN = ConcurrentHashMap.newKeySet();

    private static final AtomicLong OPENED = new AtomicLong();

    private final Thread owner = Thread.currentThread();
    private final long number = OPENED.incrementAndGet();
    private final List<Entry> entries = new ArrayList<>();
    private final Map<Tensor, Tensor> gradients = new HashMap<>();
    private final Map<Tensor, Boolean> wanted = new HashMap<>();

    Tape(Tensor... wanted) {
        for (Tensor t : wanted) {
            this.wanted.put(t, true);
        }
    }

    /** Runs a computation on this thread and notes its operations. */
    Tensor note(Supplier<Tensor> computation) {
        OPEN.add(this);
        try {
            Tensor loss = ScopedValue.where(CURRENT, this).call(computation::get);
            refuseUnrecorded(loss);
            return loss;
        } finally {
            OPEN.remove(this);
        }
    }

    /** The tape of this thread. A thread forked below it has none: a tape has one order. */
    private static @Nullable Tape current() {
        if (!CURRENT.isBound()) {
            return null;
        }
        Tape tape = CURRENT.get();
        return tape.owner == Thread.currentThread() ? tape : null;
    }

    /** {@return whether this thread records its operations} */
    static boolean runs() {
        return current() != null;
    }

    /** {@return whether a gradient with respect to this tensor will be asked for} */
    static boolean tracks(Tensor t) {
        Tape tape = current();
        return tape != null && tape.follows(t);
    }

    private boolean follows(Tensor t) {
        return t.parameter || t.tape == this || wanted.containsKey(t);
    }

    /** Notes an operation with one result, if any of its inputs is tracked. */
    static Tensor record(Tensor y, Derivative derivative, Tensor... inputs) {
        return record(
                new Tensor[] {y},
                dys -> {
                    Tensor dy = dys[0];
                    return dy == null ? new @Nullable Tensor[inputs.length] : derivative.of(dy);
                },
                inputs)[0];
    }

    /** Writes the gradients of an operation's inputs from that of its result. */
    @FunctionalInterface
    interface Filling {
        void fill(Tensor dy, Tensor[] dxs);
    }

    /** Notes an operation whose derivative writes a gradient of each input, which is allocated. */
    static Tensor fill(Tensor y, Filling derivative, Tensor... inputs) {
        return record(
                y,
                dy -> {
                    Tensor[] dxs = new Tensor[inputs.length];
                    Arrays.setAll(dxs, i -> Tensor.allocate(inputs[i].shape()));
                    derivative.fill(dy, dxs);
                    return dxs;
                },
                inputs);
    }

    /** The gradients of several results, zeros for those that nobody used. */
    static Tensor[] orZeros(@Nullable Tensor[] dys, Tensor[] ys) {
        Tensor[] all = new Tensor[ys.length];
        for (int i = 0; i < all.length; i++) {
            Tensor dy = dys[i];
            all[i] = dy == null ? Tensor.zeros(ys[i].shape().dims()) : dy;
        }
        return all;
    }

    /** Notes an operation with several results, if any of its inputs is tracked. */
    static Tensor[] record(Tensor[] ys, Derivatives derivatives, Tensor... inputs) {
        Tape tape = current();
        if (tape == null) {
            return OPEN.isEmpty() ? ys : unrecorded(ys, inputs);
        }
        boolean any = false;
        for (Tensor input : inputs) {
            tape.refuseUnrecorded(input);
            any |= tape.follows(input);
        }
        if (!any) {
            return ys;
        }
        Tensor[] tracked = new Tensor[ys.length];
        for (int i = 0; i < ys.length; i++) {
            tracked[i] = new Tensor(ys[i].view(), tape, false);
        }
        tape.entries.add(new Entry(tracked, inputs, derivatives));
        return tracked;
    }

    /**
     * Notes a look at the gradient of a tensor, tracked or not.
     *
     * @return the same numbers, tracked; the tensor itself where no tape runs
     */
    static Tensor probe(Tensor x, Consumer<Tensor> look) {
        Tape tape = current();
        if (tape == null) {
            return x;
        }
        tape.refuseUnrecorded(x);
        Tensor[] inputs = tape.follows(x) ? new Tensor[] {x} : new Tensor[0];
        Tensor y = new Tensor(x.view(), tape, false);
        Derivatives derivatives =
                dys -> {
                    Tensor dy = dys[0];
                    if (dy != null) {
                        look.accept(dy);
                    }
                    return inputs.length == 0 ? new @Nullable Tensor[0] : dys;
                };
        tape.entries.add(new Entry(new Tensor[] {y}, inputs, derivatives));
        return y;
    }

    private void refuseUnrecorded(Tensor t) {
        if (t.unrecorded != null && t.unrecorded.opened() >= number) {
            throw t.unrecorded.refused();
        }
    }

    /** Marks results that depend on something tracked, on a thread without a tape. */
    private static Tensor[] unrecorded(Tensor[] ys, Tensor[] inputs) {
        long opened = 0;
        for (Tensor input : inputs) {
            if (input.parameter || input.tape != null || trackedSomewhere(input)) {
                opened = OPENED.get();
            } else if (input.unrecorded != null) {
                opened = Math.max(opened, input.unrecorded.opened());
            }
        }
        if (opened == 0) {
            return ys;
        }
        Unrecorded mark = new Unrecorded(Thread.currentThread().getName(), opened);
        Tensor[] marked = new Tensor[ys.length];
        for (int i = 0; i < ys.length; i++) {
            marked[i] = new Tensor(ys[i].view(), null, false, mark);
        }
        return marked;
    }

    private static boolean trackedSomewhere(Tensor t) {
        for (Tape tape : OPEN) {
            if (tape.wanted.containsKey(t)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The gradients of one number with respect to all that was tracked. Memory is given back on the
     * way: a gradient when what it came to is behind, a result when its derivative is.
     */
    Map<Tensor, Tensor> backwards(Tensor loss) {
        Lifetimes lifetimes = new Lifetimes();
        for (int e = 0; e < entries.size(); e++) {
            lifetimes.mention(e, entries.get(e).outputs);
            lifetimes.mention(e, entries.get(e).inputs);
        }
        put(loss, Tensor.full(1, loss.shape().dims()), lifetimes);
        for (int e = entries.size() - 1; e >= 0; e--) {
            Entry entry = entries.get(e);
            @Nullable Tensor[] dys = new @Nullable Tensor[entry.outputs.length];
            boolean used = false;
            for (int i = 0; i < dys.length; i++) {
                dys[i] = gradients.remove(entry.outputs[i]);
                used |= dys[i] != null;
            }
            if (used) {
                @Nullable Tensor[] dxs = entry.derivatives.of(dys);
                lifetimes.hold(dxs); // several may lie in one buffer
                for (int i = 0; i < dxs.length; i++) {
                    Tensor dx = dxs[i];
                    if (dx != null && follows(entry.inputs[i])) {
                        add(entry.inputs[i], dx, lifetimes);
                    }
                }
                lifetimes.drop(dxs);
            }
            lifetimes.drop(dys);
            lifetimes.passed(e, entry.outputs);
            lifetimes.passed(e, entry.inputs);
        }
        return gradients;
    }

    private void add(Tensor input, Tensor dx, Lifetimes lifetimes) {
        if (!dx.shape().equals(input.shape())) {
            throw new IllegalStateException(
                    "a gradient of " + dx.shape() + " for a tensor of " + input.shape());
        }
        Tensor before = gradients.get(input);
        if (before == null) {
            put(input, dx, lifetimes);
        } else if (lifetimes.soleGradient(before) && before.view().contiguous()) {
            Backends.current()
                    .elementwise()
                    .map(Binary.PLUS, before.view(), dx.view(), before.view());
        } else {
            put(input, before.plus(dx), lifetimes);
            lifetimes.drop(before);
        }
    }

    private void put(Tensor input, Tensor gradient, Lifetimes lifetimes) {
        lifetimes.hold(gradient);
        gradients.put(input, gradient);
    }
}
