package dev.unroll.decode;

/**
 * The largest of the values offered, best first, in a heap of bounded size: most values cost one
 * comparison. Of equal values the one offered earlier is the larger. Negative infinity is never
 * taken.
 */
final class TopKHeap {

    private final double[] values; // a heap, its smallest value on top
    private final long[] places;
    private int size;

    TopKHeap(int capacity) {
        values = new double[capacity];
        places = new long[capacity];
    }

    /** The {@code count} largest of a row, or fewer where others are negative infinity. */
    static TopKHeap of(float[] row, int count) {
        TopKHeap largest = new TopKHeap(Math.min(count, row.length));
        largest.offer(row, 0, 0);
        largest.sort();
        return largest;
    }

    /** Offers {@code base + min(0, row[i])}, to be known by place {@code first + i}. */
    void offer(float[] row, double base, long first) {
        double floor = size < values.length ? Double.NEGATIVE_INFINITY : values[0];
        for (int i = 0; i < row.length; i++) {
            double value = base + Math.min(0f, row[i]);
            if (value > floor) {
                take(value, first + i);
                floor = size < values.length ? Double.NEGATIVE_INFINITY : values[0];
            }
        }
    }

    /** Offers one value, to be known by its place. */
    void offer(double value, long place) {
        if (value > Double.NEGATIVE_INFINITY && (size < values.length || !less(value, place, 0))) {
            take(value, place);
        }
    }

    /** Brings the best to the front; nothing may be offered after it. */
    void sort() {
        for (int last = size - 1; last > 0; last--) {
            double value = values[last];
            long place = places[last];
            values[last] = values[0];
            places[last] = places[0];
            sink(value, place, last);
        }
    }

    int size() {
        return size;
    }

    /** The value of the given rank, 0 the best, after {@link #sort}. */
    double value(int rank) {
        return values[rank];
    }

    /** The place of the given rank, 0 the best, after {@link #sort}. */
    long place(int rank) {
        return places[rank];
    }

    private void take(double value, long place) {
        if (size == values.length) {
            sink(value, place, size);
            return;
        }
        int at = size++;
        while (at > 0 && less(value, place, (at - 1) / 2)) {
            values[at] = values[(at - 1) / 2];
            places[at] = places[(at - 1) / 2];
            at = (at - 1) / 2;
        }
        values[at] = value;
        places[at] = place;
    }

    /** Replaces the top of the heap's first {@code end} elements. */
    private void sink(double value, long place, int end) {
        int at = 0;
        while (2 * at + 1 < end) {
            int child = 2 * at + 1;
            if (child + 1 < end && less(values[child + 1], places[child + 1], child)) {
                child++;
            }
            if (less(value, place, child)) {
                break;
            }
            values[at] = values[child];
            places[at] = places[child];
            at = child;
        }
        values[at] = value;
        places[at] = place;
    }

    private boolean less(double value, long place, int other) {
        return value < values[other] || (value == values[other] && place > places[other]);
    }
}
