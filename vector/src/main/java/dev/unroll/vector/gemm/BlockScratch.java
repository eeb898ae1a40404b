package dev.unroll.vector.gemm;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Arrays for one block of a product: a block of rows and the panels it meets take half of a second
 * cache of 1 MiB. A thread takes them for a product and gives them back, so that there are no more
 * of them than products that ran at once: a server may have hundreds of threads, or a virtual one
 * for each request.
 */
public final class BlockScratch {
    /** A power of two; what more threads give back is garbage. */
    private static final int PLACES = 64;

    private static final AtomicReferenceArray<BlockScratch> WAITING =
            new AtomicReferenceArray<>(PLACES);

    public final float[] rows = new float[Packing.rowsSize(GemmScratch.ROWS)];
    final float[] panels = new float[GemmScratch.PANELS * GemmScratch.DEPTH * MicroKernel.COLUMNS];

    private BlockScratch() {}

    /** Some that nobody uses; the caller gives them back. */
    public static BlockScratch take() {
        int first = first();
        for (int i = 0; i < PLACES; i++) {
            int place = (first + i) & (PLACES - 1);
            if (WAITING.getPlain(place) != null) {
                BlockScratch found = WAITING.getAndSet(place, null);
                if (found != null) {
                    return found;
                }
            }
        }
        return new BlockScratch();
    }

    /** Lets others have them. After an exception nobody need call it: they become garbage. */
    public void give() {
        int first = first();
        for (int i = 0; i < PLACES; i++) {
            int place = (first + i) & (PLACES - 1);
            if (WAITING.getPlain(place) == null && WAITING.compareAndSet(place, null, this)) {
                return;
            }
        }
    }

    /** A thread begins at a place of its own, where it finds what it gave. */
    private static int first() {
        return (int) Thread.currentThread().threadId() & (PLACES - 1);
    }
}
