package dev.unroll.memory;

import java.lang.ref.Cleaner;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Arrays waiting to be used again, by size. Sizes are rounded up to eighths of a power of two, and
 * an array may serve for half as many numbers less, so that batches of different lengths share
 * arrays. In all, in use and waiting, there is at most a quarter more than was ever needed at once,
 * and a fixed allowance. When that is reached, an array may serve for a quarter of its numbers, and
 * if there is none, the arrays that have not been used for longest are left to the garbage
 * collector.
 */
public final class Pool {
    /** The pool of this process. */
    public static final Pool SHARED = new Pool(32 << 20);

    private static final Cleaner CLEANER = Cleaner.create();

    /** Smaller buffers outside a workspace are not worth watching. */
    private static final int WATCHED = 1 << 10;

    /** How much longer an array may be than what it serves for. */
    private static final double LONGER = 1.5;

    /** The same where a new one would be one too many. */
    private static final double MUCH_LONGER = 4;

    private static final boolean POISON = Boolean.getBoolean("unroll.poison");

    private final NavigableMap<Integer, Stack> idle = new ConcurrentSkipListMap<>();
    private final AtomicLong live = new AtomicLong();
    private final AtomicLong peak = new AtomicLong();
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong lent = new AtomicLong();
    private final AtomicLong outside = new AtomicLong();
    private final AtomicLong taken = new AtomicLong();
    private final long allowance;

    /** Arrays of one size. */
    private static final class Stack {
        private final ArrayDeque<float[]> arrays = new ArrayDeque<>();
        private volatile long used;

        synchronized float @Nullable [] pop() {
            return arrays.poll();
        }

        synchronized void push(float[] array) {
            arrays.push(array);
        }

        synchronized boolean isEmpty() {
            return arrays.isEmpty();
        }
    }

    /**
     * A pool of its own.
     *
     * @param allowance bytes that may wait however little was ever needed: without them, small
     *     networks on batches of many sizes, which need so many bytes in all, took a twentieth
     *     longer
     */
    Pool(long allowance) {
        this.allowance = allowance;
    }

    /** Bytes in buffers that are in use now. */
    public long liveBytes() {
        return live.get();
    }

    /** The most bytes that were in use at once since the start or the last {@link #resetPeak}. */
    public long peakBytes() {
        return peak.get();
    }

    /** Bytes held for reuse and not in use. */
    public long idleBytes() {
        return waiting.get();
    }

    /** Starts a new measurement of the peak. */
    public void resetPeak() {
        peak.set(live.get());
    }

    /** Lets the garbage collector have everything that is not in use. */
    public void trim() {
        for (Stack stack : idle.values()) {
            float[] array = stack.pop();
            while (array != null) {
                waiting.addAndGet(-bytes(array));
                array = stack.pop();
            }
        }
    }

    float[] take(int size) {
        int length = roundUp(size);
        count(4L * length);
        float[] array = pop(length, LONGER);
        if (array == null) {
            array = made(length);
        }
        lent.addAndGet(bytes(array));
        return poison(array);
    }

    private float[] made(int length) {
        long excess = held() + 4L * length - most();
        if (excess > 0) {
            float[] longer = pop(length, MUCH_LONGER);
            if (longer != null) {
                return longer;
            }
            drop(excess);
        }
        return new float[length];
    }

    /** Bytes of all arrays: lent, waiting, and such as do not come back. */
    private long held() {
        return lent.get() + waiting.get() + outside.get();
    }

    private long most() {
        long needed = peak.get();
        return needed + needed / 4 + allowance;
    }

    /** Drops the arrays that have waited for longest. */
    private void drop(long bytes) {
        long dropped = 0;
        while (dropped < bytes) {
            Optional<Stack> oldest =
                    idle.values().stream()
                            .filter(stack -> !stack.isEmpty())
                            .min(Comparator.comparingLong(stack -> stack.used));
            float[] array = oldest.isEmpty() ? null : oldest.get().pop();
            if (array == null) {
                return;
            }
            waiting.addAndGet(-bytes(array));
            dropped += bytes(array);
        }
    }

    private static long bytes(float[] array) {
        return 4L * array.length;
    }

    /** An array with undefined contents that will not come back. */
    static float[] fresh(int size) {
        return poison(new float[size]);
    }

    private static float[] poison(float[] array) {
        if (POISON) {
            Arrays.fill(array, Float.NaN);
        }
        return array;
    }

    /**
     * Takes an array back.
     *
     * @param size that was asked for
     */
    void give(float[] array, int size) {
        left(array, size);
        long bytes = bytes(array);
        if (bytes > 0 && held() + bytes <= most()) {
            waiting.addAndGet(bytes);
            idle.computeIfAbsent(array.length, n -> new Stack()).push(array);
        }
    }

    private void left(float[] array, int size) {
        live.addAndGet(-4L * roundUp(size));
        lent.addAndGet(-bytes(array));
    }

    /** Counts a buffer that belongs to no workspace until the garbage collector has it. */
    void outside(ArrayBuffer buffer, int floats) {
        if (floats >= WATCHED) {
            watch(buffer, floats);
        }
    }

    /** A buffer of an array that is no longer the pool's; lives until the collector has it. */
    void escaped(ArrayBuffer buffer) {
        float[] array = ArrayBuffer.floats(buffer);
        left(array, buffer.size());
        watch(buffer, array.length);
    }

    private void watch(ArrayBuffer buffer, int floats) {
        long bytes = 4L * floats;
        count(bytes);
        outside.addAndGet(bytes);
        CLEANER.register(
                buffer,
                () -> {
                    live.addAndGet(-bytes);
                    outside.addAndGet(-bytes);
                });
    }

    private void count(long bytes) {
        long now = live.addAndGet(bytes);
        if (now > peak.get()) {
            peak.accumulateAndGet(now, Math::max);
        }
    }

    /** The shortest array that is long enough and not much longer. */
    private float @Nullable [] pop(int length, double longer) {
        int longest = (int) Math.min(Integer.MAX_VALUE, (long) (length * longer));
        for (Stack stack : idle.subMap(length, true, longest, true).values()) {
            float[] array = stack.pop();
            if (array != null) {
                waiting.addAndGet(-bytes(array));
                stack.used = taken.incrementAndGet();
                return array;
            }
        }
        return null;
    }

    /** The next multiple of an eighth of the power of two below. */
    static int roundUp(int size) {
        if (size <= 64) {
            return size;
        }
        int step = Math.max(16, Integer.highestOneBit(size - 1) >> 3);
        long rounded = ((long) size + step - 1) / step * step;
        return (int) Math.max(size, Math.min(rounded, Integer.MAX_VALUE - 8));
    }
}
