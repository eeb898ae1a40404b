/**
 * Layers that treat each row by itself or at few rows: linear maps, embeddings, norms, feed-
 * forward networks, dropout, positions.
 */
@NullMarked
package dev.unroll.nn.layers;

import org.jspecify.annotations.NullMarked;
