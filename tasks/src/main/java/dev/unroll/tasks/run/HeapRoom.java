package dev.unroll.tasks.run;

import dev.unroll.train.TrainingMemory;

/**
 * The heap that Java may still use, and whether a training fits into it.
 *
 * @param bytes that the steps of a training may use besides its weights
 * @param heap bytes of the whole heap at most
 */
record HeapRoom(long bytes, long heap) {
    /**
     * The part of a heap that arrays which live for a step can fill: the rest is room that the
     * collector needs to move what is young.
     */
    private static final double USABLE = 0.75;

    private static final double MEGABYTE = 1e6;

    /** What there is now; garbage is collected first where it would matter. */
    static HeapRoom now(long needed) {
        HeapRoom room = now();
        if (needed > room.bytes()) {
            System.gc();
            room = now();
        }
        return room;
    }

    private static HeapRoom now() {
        Runtime java = Runtime.getRuntime();
        long used = java.totalMemory() - java.freeMemory();
        return new HeapRoom((long) (USABLE * (java.maxMemory() - used)), java.maxMemory());
    }

    /**
     * Refuses a training that does not fit.
     *
     * @param batchTokens of its recipe
     * @throws RunException that names what would fit
     */
    void require(TrainingMemory memory, int batchTokens) {
        if (memory.step() <= bytes) {
            return;
        }
        long all = bytes + memory.lasting(); // which is there already
        int fits = rounded((int) (batchTokens * memory.shareWithin(all)));
        String smaller =
                fits < 1
                        ? "no batch is small enough, so the model must be smaller"
                        : ("training.batchTokens=%d fits (it is %d; where a recipe counts its"
                                        + " batches otherwise, make them smaller in proportion)")
                                .formatted(fits, batchTokens);
        throw new RunException(
                ("the training needs about %,.0f MB for numbers, and of Java's heap of %,.0f MB"
                                + " some %,.0f MB can be used for them: %s. Or give Java a larger"
                                + " heap: UNROLL_JAVA_OPTS=-Xmx%dm. What was learnt before is"
                                + " kept")
                        .formatted(
                                memory.bytes() / MEGABYTE,
                                heap / MEGABYTE,
                                Math.max(0, all) / MEGABYTE,
                                smaller,
                                enough(memory)));
    }

    private long enough(TrainingMemory memory) {
        double more = (memory.step() - bytes) / USABLE;
        return (long) Math.ceil((heap + more) / (1 << 20));
    }

    /** Down to two digits. */
    private static int rounded(int count) {
        int unit = 1;
        while (count / unit >= 100) {
            unit *= 10;
        }
        return count / unit * unit;
    }
}
