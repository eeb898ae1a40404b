/** Batches of examples by a budget of tokens: numbers in, numbers out, no tensors. */
@NullMarked
package dev.unroll.data;

import org.jspecify.annotations.NullMarked;
