/**
 * Works that measure the time and memory of a token against the length of its sequence, for dense,
 * sparse and linear attention and for recurrences, beside PyTorch's attention.
 */
@NullMarked
package dev.unroll.bench.attention;

import org.jspecify.annotations.NullMarked;
