package dev.unroll.nn;

import dev.unroll.backend.KeyLists;
import dev.unroll.tensor.Layout;
import java.util.Arrays;

/**
 * The rows a hypothesis came by. Every step adds a row for each hypothesis to what decoder layers
 * have seen; hypotheses that branch share the rows before. So nothing is ever copied.
 */
final class Paths {
    private int[][] paths; // [rows][steps]
    private int rows; // of all steps

    Paths(int sentences) {
        paths = new int[sentences][0];
    }

    /** One step further: row r continues row parents[r] of the step before. */
    KeyLists after(int[] parents) {
        int[][] longer = new int[parents.length][];
        int[] offsets = new int[parents.length + 1];
        for (int r = 0; r < parents.length; r++) {
            int[] before = paths[parents[r]];
            longer[r] = Arrays.copyOf(before, before.length + 1);
            longer[r][before.length] = rows++;
            offsets[r + 1] = offsets[r] + longer[r].length;
        }
        paths = longer;
        int[] all = new int[offsets[parents.length]];
        for (int r = 0; r < longer.length; r++) {
            System.arraycopy(longer[r], 0, all, offsets[r], longer[r].length);
        }
        return new KeyLists(offsets, all);
    }

    /** Each row sees all of its sentence. */
    static KeyLists whole(int[] sentences, Layout layout) {
        int[] offsets = new int[sentences.length + 1];
        for (int r = 0; r < sentences.length; r++) {
            offsets[r + 1] = Math.addExact(offsets[r], layout.length(sentences[r]));
        }
        int[] all = new int[offsets[sentences.length]];
        for (int r = 0; r < sentences.length; r++) {
            int first = layout.offsets()[sentences[r]];
            for (int i = offsets[r]; i < offsets[r + 1]; i++) {
                all[i] = first + i - offsets[r];
            }
        }
        return new KeyLists(offsets, all);
    }
}
