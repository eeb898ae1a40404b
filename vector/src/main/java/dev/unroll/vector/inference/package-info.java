/**
 * Operations of decoding: few rows times packed weights, and single queries that attend to a key-
 * value cache.
 */
@NullMarked
package dev.unroll.vector.inference;

import org.jspecify.annotations.NullMarked;
