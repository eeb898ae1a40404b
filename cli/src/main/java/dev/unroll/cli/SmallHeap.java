package dev.unroll.cli;

/**
 * Keeps the heap of a command that only predicts near what it uses. Java's serial collector lets
 * the old generation grow up to its limit before it collects it, and the limit is most of the
 * machine's memory, for nobody knows how long the texts will be. This asks for a collection once
 * the heap has grown by some memory since the last.
 */
final class SmallHeap {
    /** The launcher sets it for commands that train or predict. */
    private static final String PROPERTY = "unroll.smallHeap";

    /** Room for the young generation, and for texts that are being answered. */
    private static final long ROOM = 48L << 20;

    private static final int MILLISECONDS = 50;

    private final Runtime java = Runtime.getRuntime();

    private SmallHeap() {}

    /** {@return whether the launcher asks for a small heap} */
    static boolean isWanted() {
        return Boolean.getBoolean(PROPERTY);
    }

    /** Begins, if the launcher asks for it; the weights have been loaded. */
    static void keep() {
        if (isWanted()) {
            Thread.ofPlatform().daemon().name("unroll-heap").start(new SmallHeap()::watch);
        }
    }

    private void watch() {
        try {
            long most = most();
            while (true) {
                Thread.sleep(MILLISECONDS);
                if (java.totalMemory() > most) {
                    System.gc();
                    most = most();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long most() {
        long used = java.totalMemory() - java.freeMemory();
        return Math.max(java.totalMemory(), used + used / 10 + ROOM);
    }
}
