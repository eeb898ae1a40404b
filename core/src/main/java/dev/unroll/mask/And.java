package dev.unroll.mask;

/** A mask under which a query attends to a key if two other masks both allow it. */
public record And(Mask a, Mask b) implements Mask {

    /** The conjunction of two masks; that of two windows is a window. */
    static Mask of(Mask a, Mask b) {
        if (a.equals(Masks.NONE) || a.equals(b)) {
            return b;
        }
        if (b.equals(Masks.NONE)) {
            return a;
        }
        return a instanceof SlidingWindow v && b instanceof SlidingWindow w
                ? new SlidingWindow(Math.min(v.left(), w.left()), Math.min(v.right(), w.right()))
                : new And(a, b);
    }

    @Override
    public boolean sees(int query, int key) {
        return a.sees(query, key) && b.sees(query, key);
    }

    @Override
    public int next(int first, int last, int from, int keys) {
        int key = from;
        while (key < keys) {
            int ofA = a.next(first, last, key, keys);
            key = b.next(first, last, ofA, keys);
            if (key == ofA) {
                return key;
            }
        }
        return keys;
    }

    @Override
    public long[] seenBy(int first, int count, int from, int to) {
        long[] seen = a.seenBy(first, count, from, to);
        long[] other = b.seenBy(first, count, from, to);
        for (int i = 0; i < seen.length; i++) {
            seen[i] &= other[i];
        }
        return seen;
    }

    @Override
    public int lastQuery(int key) {
        return Math.min(a.lastQuery(key), b.lastQuery(key));
    }
}
