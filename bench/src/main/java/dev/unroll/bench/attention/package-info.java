/**
 * What a token costs as its sequence grows: dense, sparse and linear attention and recurrences,
 * beside PyTorch's attention.
 */
@NullMarked
package dev.unroll.bench.attention;

import org.jspecify.annotations.NullMarked;
