package dev.unroll.text;

import java.util.Arrays;

/** A list of token ids that grows without boxing them. */
final class TokenIds {

    private int[] values;
    private int size;

    TokenIds(int capacity) {
        values = new int[Math.max(capacity, 8)];
    }

    void add(int id) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size + (size >> 1));
        }
        values[size++] = id;
    }

    void addAll(int[] ids) {
        if (size + ids.length > values.length) {
            values = Arrays.copyOf(values, Math.max(size + ids.length, size + (size >> 1)));
        }
        System.arraycopy(ids, 0, values, size, ids.length);
        size += ids.length;
    }

    int get(int index) {
        return values[index];
    }

    int size() {
        return size;
    }

    int[] toArray() {
        return Arrays.copyOf(values, size);
    }
}
