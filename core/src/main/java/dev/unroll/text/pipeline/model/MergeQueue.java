package dev.unroll.text.pipeline.model;

import java.util.Arrays;

/**
 * Merges the tokens of a long piece in time n log n: the possible merges stand in a heap by rank
 * and place, and those whose tokens have changed since are passed over.
 */
final class MergeQueue {

    private final MergeTable merges;
    private final int[] ids;
    private final int[] ends;
    private final int[] next;
    private final int[] previous;
    private final int size;

    /** rank << 32 | place of the left token. */
    private long[] heap;

    private int heapSize;

    MergeQueue(MergeTable merges, int[] ids, int[] ends, int size) {
        this.merges = merges;
        this.ids = ids;
        this.ends = ends;
        this.size = size;
        this.next = new int[size];
        this.previous = new int[size];
        this.heap = new long[size + 8];
        for (int i = 0; i < size; i++) {
            next[i] = i + 1;
            previous[i] = i - 1;
        }
        for (int i = 0; i + 1 < size; i++) {
            offer(i);
        }
    }

    private void offer(int left) {
        int right = next[left];
        if (right >= size) {
            return;
        }
        int place = merges.find(ids[left], ids[right]);
        if (place >= 0) {
            push((long) merges.rank(place) << 32 | left);
        }
    }

    /** Merges in place; returns how many tokens are left. */
    int merge() {
        while (heapSize > 0) {
            long top = pop();
            int left = (int) top;
            if (next[left] < 0 || next[left] >= size) {
                continue; // merged into another, or the last
            }
            int right = next[left];
            int place = merges.find(ids[left], ids[right]);
            if (place < 0 || merges.rank(place) != (int) (top >> 32)) {
                continue;
            }
            ids[left] = merges.merged(place);
            ends[left] = ends[right];
            next[left] = next[right];
            if (next[right] < size) {
                previous[next[right]] = left;
            }
            next[right] = -1;
            offer(left);
            if (previous[left] >= 0) {
                offer(previous[left]);
            }
        }
        int kept = 0;
        for (int i = 0; i < size; i = next[i]) {
            int following = next[i];
            ids[kept] = ids[i];
            ends[kept++] = ends[i];
            if (following >= size) {
                break;
            }
        }
        return kept;
    }

    private void push(long value) {
        if (heapSize == heap.length) {
            heap = Arrays.copyOf(heap, 2 * heapSize);
        }
        int at = heapSize++;
        while (at > 0 && heap[at - 1 >>> 1] > value) {
            heap[at] = heap[at - 1 >>> 1];
            at = at - 1 >>> 1;
        }
        heap[at] = value;
    }

    private long pop() {
        long top = heap[0];
        long last = heap[--heapSize];
        int at = 0;
        while (2 * at + 1 < heapSize) {
            int child = 2 * at + 1;
            if (child + 1 < heapSize && heap[child + 1] < heap[child]) {
                child++;
            }
            if (heap[child] >= last) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = last;
        return top;
    }
}
