package dev.unroll.backend;

/**
 * Queries, keys and values of attention, or their gradients. The numbers of a row lie one after
 * another; rows may be apart, as those of queries, keys and values that come from one product.
 *
 * @param q [queries, heads·width]
 * @param k [keys, keyHeads·width]
 * @param v [keys, keyHeads·valueWidth]
 */
public record QueryKeyValue(View q, View k, View v) {}
