package dev.unroll.text.pipeline.model;

import java.util.Arrays;
import java.util.List;

/** Finds which tokens begin at a place of a text. Immutable once built. */
final class UnitTrie {

    private static final int ROOT = 0;

    private long[] edges;
    private int[] nodes;
    private int[] values;
    private int edgeCount;
    private int nodeCount = 1;
    private int mask;

    UnitTrie(List<String> tokens, double[] scores) {
        edges = new long[1 << 12];
        nodes = new int[1 << 12];
        values = new int[1 << 12];
        mask = edges.length - 1;
        Arrays.fill(edges, -1);
        Arrays.fill(values, -1);
        for (int id = 0; id < tokens.size(); id++) {
            if (Double.isFinite(scores[id])) {
                add(tokens.get(id), id);
            }
        }
    }

    private void add(String token, int id) {
        int node = ROOT;
        for (int i = 0; i < token.length(); i++) {
            int child = child(node, token.charAt(i));
            node = child < 0 ? newChild(node, token.charAt(i)) : child;
        }
        values[node] = id;
    }

    private int slot(long edge) {
        return (int) (edge * 0x9E3779B97F4A7C15L >>> 32) & mask;
    }

    private int newChild(int node, char unit) {
        if (2 * edgeCount >= edges.length) {
            grow();
        }
        if (nodeCount == values.length) {
            values = Arrays.copyOf(values, 2 * nodeCount);
            Arrays.fill(values, nodeCount, values.length, -1);
        }
        put((long) node << 16 | unit, nodeCount);
        edgeCount++;
        return nodeCount++;
    }

    private void put(long edge, int child) {
        int at = slot(edge);
        while (edges[at] >= 0) {
            at = at + 1 & mask;
        }
        edges[at] = edge;
        nodes[at] = child;
    }

    private void grow() {
        long[] oldEdges = edges;
        int[] oldNodes = nodes;
        edges = new long[2 * oldEdges.length];
        nodes = new int[2 * oldNodes.length];
        mask = edges.length - 1;
        Arrays.fill(edges, -1);
        for (int i = 0; i < oldEdges.length; i++) {
            if (oldEdges[i] >= 0) {
                put(oldEdges[i], oldNodes[i]);
            }
        }
    }

    /** The node of nothing. */
    int root() {
        return ROOT;
    }

    /** The node one unit further; −1 if no token goes on so. */
    int child(int node, char unit) {
        long edge = (long) node << 16 | unit;
        int at = slot(edge);
        while (edges[at] != edge) {
            if (edges[at] < 0) {
                return -1;
            }
            at = at + 1 & mask;
        }
        return nodes[at];
    }

    /** The token that ends at a node; −1 if none does. */
    int value(int node) {
        return values[node];
    }
}
