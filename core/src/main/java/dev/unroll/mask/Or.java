package dev.unroll.mask;

/** A mask under which a query attends to a key if at least one of two other masks allows it. */
public record Or(Mask a, Mask b) implements Mask {

    @Override
    public boolean sees(int query, int key) {
        return a.sees(query, key) || b.sees(query, key);
    }

    @Override
    public int next(int first, int last, int from, int keys) {
        return Math.min(a.next(first, last, from, keys), b.next(first, last, from, keys));
    }

    @Override
    public long[] seenBy(int first, int count, int from, int to) {
        long[] seen = a.seenBy(first, count, from, to);
        long[] other = b.seenBy(first, count, from, to);
        for (int i = 0; i < seen.length; i++) {
            seen[i] |= other[i];
        }
        return seen;
    }

    @Override
    public int lastQuery(int key) {
        return Math.max(a.lastQuery(key), b.lastQuery(key));
    }
}
