package dev.unroll.memory;

import java.lang.ref.Cleaner;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Arrays waiting to be used again, by size. Sizes are rounded up to eighths of a power of two, and
 * an array may serve for half as many numbers less, so that batches of different lengths share
 * arrays. No more wait than were ever in use at once; the rest is the garbage collector's.
 */
public final class Pool {
    /** The pool of this process. */
    public static final Pool SHARED = new Pool();

    private static final Cleaner CLEANER = Cleaner.create();

    /** Smaller buffers outside a workspace are not worth watching. */
    private static final int WATCHED = 1 << 10;

    private static final boolean POISON = Boolean.getBoolean("unroll.poison");

    private final NavigableMap<Integer, ArrayDeque<float[]>> idle = new ConcurrentSkipListMap<>();
    private final AtomicLong live = new AtomicLong();
    private final AtomicLong peak = new AtomicLong();
    private final AtomicLong waiting = new AtomicLong();

    Pool() {}

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
        for (ArrayDeque<float[]> stack : idle.values()) {
            synchronized (stack) {
                for (float[] array : stack) {
                    waiting.addAndGet(-4L * array.length);
                }
                stack.clear();
            }
        }
    }

    float[] take(int size) {
        int length = roundUp(size);
        float[] array = pop(length);
        if (array == null) {
            array = new float[length];
        } else {
            waiting.addAndGet(-4L * array.length);
        }
        poison(array);
        count(4L * array.length);
        return array;
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

    void give(float[] array) {
        live.addAndGet(-4L * array.length);
        if (array.length == 0 || waiting.get() + 4L * array.length > peak.get()) {
            return;
        }
        waiting.addAndGet(4L * array.length);
        ArrayDeque<float[]> stack = idle.computeIfAbsent(array.length, n -> new ArrayDeque<>());
        synchronized (stack) {
            stack.push(array);
        }
    }

    /** Counts a buffer that belongs to no workspace until the garbage collector has it. */
    void outside(ArrayBuffer buffer, int floats) {
        if (floats >= WATCHED) {
            count(4L * floats);
            escaped(buffer, floats);
        }
    }

    /** A buffer that was counted and from now on lives until the garbage collector has it. */
    void escaped(ArrayBuffer buffer, int floats) {
        CLEANER.register(buffer, () -> live.addAndGet(-4L * floats));
    }

    private void count(long bytes) {
        long now = live.addAndGet(bytes);
        if (now > peak.get()) {
            peak.accumulateAndGet(now, Math::max);
        }
    }

    /** The shortest array that is long enough and not much longer. */
    private float @Nullable [] pop(int length) {
        int longest = (int) Math.min(Integer.MAX_VALUE, length + (long) length / 2);
        for (ArrayDeque<float[]> stack : idle.subMap(length, true, longest, true).values()) {
            synchronized (stack) {
                float[] array = stack.poll();
                if (array != null) {
                    return array;
                }
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
