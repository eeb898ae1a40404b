package dev.unroll.cli;

/**
 * Keeps the heap near what is used while data are read and while answers are given. Java's
 * collectors let the old generation grow up to its limit before they collect it, and the limit is
 * most of the machine's memory, for nobody knows how long the texts will be. This asks for a
 * collection once the heap has grown by some memory since the last.
 */
final class SmallHeap implements AutoCloseable {
    /** The launcher sets it for commands that train or predict. */
    private static final String PROPERTY = "unroll.smallHeap";

    private static final int MILLISECONDS = 50;

    /** Bytes from which on a collection is worth its tenth of a second. */
    private static final long WORTH_COLLECTING = 128L << 20;

    private final double growth;
    private final long room;
    private final Runtime java = Runtime.getRuntime();
    private final Thread watching =
            Thread.ofPlatform().daemon().name("unroll-heap").unstarted(this::watch);

    /**
     * Watches nothing yet.
     *
     * @param growth of what was used after a collection, that is let be until the next
     * @param room in bytes that is let be besides
     */
    private SmallHeap(double growth, long room) {
        this.growth = growth;
        this.room = room;
    }

    /** {@return whether the launcher asks for a small heap} */
    static boolean isWanted() {
        return Boolean.getBoolean(PROPERTY);
    }

    /**
     * Begins, if the launcher asks for it, until the process ends; the weights have been loaded,
     * and where they are large, what loading them has left is collected. There is room for the
     * young generation, and for texts that are being answered.
     */
    static void keep() {
        SmallHeap heap = new SmallHeap(0.1, 48L << 20);
        if (isWanted() && heap.used() > WORTH_COLLECTING) {
            System.gc();
        }
        var _ = heap.begun();
    }

    /**
     * Begins, if the launcher asks for it, until it is closed: while data are read, of which nobody
     * knows how much stays.
     */
    static SmallHeap whileDataAreRead() {
        return new SmallHeap(0.4, 96L << 20).begun();
    }

    private SmallHeap begun() {
        if (isWanted()) {
            watching.start();
        }
        return this;
    }

    private void watch() {
        try {
            long most = most();
            while (true) {
                Thread.sleep(MILLISECONDS);
                if (used() > most) {
                    System.gc();
                    most = most();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long most() {
        return (long) (used() * (1 + growth)) + room;
    }

    private long used() {
        return java.totalMemory() - java.freeMemory();
    }

    @Override
    public void close() {
        watching.interrupt();
    }
}
