package dev.unroll.watch;

/**
 * The attention weights of one head in the first sequence of a batch.
 *
 * @param layer its path in the model
 * @param head from 0
 * @param weights [queries][keys], each row sums to 1
 */
@SuppressWarnings("ArrayRecordComponent") // read-only by convention
public record AttentionMap(String layer, int head, float[][] weights) {}
