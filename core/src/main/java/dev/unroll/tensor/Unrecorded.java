package dev.unroll.tensor;

/**
 * Marks a tensor that was computed from tracked tensors on a thread without a tape, while another
 * thread had one open. Inside that other thread's {@link Gradients#of} the tensor would pass for a
 * constant, and its gradients would be zeros; so it is refused there. Everywhere else it is a
 * tensor like any other.
 *
 * @param thread name of the thread that computed it
 * @param opened number of tapes that had been opened by then: those up to this number refuse it
 */
record Unrecorded(String thread, long opened) {

    IllegalStateException refused() {
        return new IllegalStateException(
                ("an operation inside Gradients.of ran on the thread '%s', where derivatives are not"
                                + " recorded, so its gradients would be 0: compute everything that"
                                + " depends on parameters on the thread that calls Gradients.of,"
                                + " here '%s' (no parallel streams or executors). If the result is"
                                + " meant as a constant, hand over its numbers:"
                                + " Tensor.of(x.toArray(), x.shape().dims())")
                        .formatted(thread, Thread.currentThread().getName()));
    }
}
