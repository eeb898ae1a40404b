/**
 * The Transformer's layers: attention and feed-forward sublayers with residual connections and
 * norms.
 */
@NullMarked
package dev.unroll.nn.transformer;

import org.jspecify.annotations.NullMarked;
