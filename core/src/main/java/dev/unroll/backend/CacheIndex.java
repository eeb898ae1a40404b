package dev.unroll.backend;

/**
 * Which keys each query sees: query i those in the rows {@code rows[offsets[i]]} to {@code
 * rows[offsets[i + 1] - 1]}. Hypotheses that share a beginning name the same rows for it.
 *
 * @param offsets [queries + 1], from 0, not decreasing
 * @param rows [offsets[queries]]
 */
@SuppressWarnings("ArrayRecordComponent") // read-only by convention
public record CacheIndex(int[] offsets, int[] rows) {
    public CacheIndex {
        if (offsets.length == 0 || offsets[0] != 0 || offsets[offsets.length - 1] != rows.length) {
            throw new IllegalArgumentException(
                    "lists of keys begin at 0 and end with the last of their %d rows"
                            .formatted(rows.length));
        }
    }

    /** Number of queries. */
    public int queries() {
        return offsets.length - 1;
    }
}
