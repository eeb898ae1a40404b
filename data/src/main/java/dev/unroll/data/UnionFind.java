package dev.unroll.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Elements in disjoint sets that can be joined (union-find; Tarjan 1975, "Efficiency of a Good But
 * Not Linear Set Union Algorithm"). The representative of a set is its smallest element, so it does
 * not depend on the order in which sets were joined.
 *
 * @param <T> an element
 */
public final class UnionFind<T extends Comparable<? super T>> {
    private final Map<T, T> parents = new HashMap<>();

    /** {@return the smallest element of the set that has this one} A new element is a new set. */
    public T find(T element) {
        T at = element;
        T parent = parents.computeIfAbsent(at, itself -> itself);
        while (!parent.equals(at)) {
            T next = parents.getOrDefault(parent, parent);
            parents.put(at, next); // halves the path for the next search
            at = parent;
            parent = next;
        }
        return at;
    }

    /** Makes one set of the sets of two elements. */
    public void join(T a, T b) {
        T one = find(a);
        T other = find(b);
        if (one.compareTo(other) <= 0) {
            parents.put(other, one);
        } else {
            parents.put(one, other);
        }
    }

    /** {@return all sets, in the order of their smallest elements, each in order} */
    public List<List<T>> sets() {
        Map<T, List<T>> sets = new TreeMap<>();
        for (T element : List.copyOf(parents.keySet())) {
            sets.computeIfAbsent(find(element), _ -> new ArrayList<>()).add(element);
        }
        sets.values().forEach(set -> set.sort(null));
        return List.copyOf(sets.values());
    }
}
