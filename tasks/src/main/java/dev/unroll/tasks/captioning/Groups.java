package dev.unroll.tasks.captioning;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Numbers that belong together, directly or through others (union-find, Tarjan 1975). */
final class Groups {
    private final int[] parent;

    /** Each by itself. */
    Groups(int count) {
        parent = new int[count];
        for (int i = 0; i < count; i++) {
            parent[i] = i;
        }
    }

    /** Those with equal keys belong together. */
    static Groups ofKeys(List<String> keys) {
        Groups groups = new Groups(keys.size());
        Map<String, Integer> first = new TreeMap<>();
        for (int i = 0; i < keys.size(); i++) {
            Integer other = first.putIfAbsent(keys.get(i), i);
            if (other != null) {
                groups.join(i, other);
            }
        }
        return groups;
    }

    /** These two belong together, and all that belong to either. */
    void join(int a, int b) {
        int one = of(a);
        int two = of(b);
        parent[Math.max(one, two)] = Math.min(one, two);
    }

    /** The smallest number that i belongs together with. */
    int of(int i) {
        int root = i;
        while (parent[root] != root) {
            parent[root] = parent[parent[root]];
            root = parent[root];
        }
        return root;
    }

    /** All groups, in the order of their smallest numbers. */
    List<List<Integer>> all() {
        Map<Integer, List<Integer>> all = new TreeMap<>();
        for (int i = 0; i < parent.length; i++) {
            all.computeIfAbsent(of(i), _ -> new ArrayList<>()).add(i);
        }
        return List.copyOf(all.values());
    }
}
