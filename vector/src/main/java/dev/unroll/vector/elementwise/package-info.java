/** Functions of each element, reductions, softmax, norms, losses and the steps of optimisers. */
@NullMarked
package dev.unroll.vector.elementwise;

import org.jspecify.annotations.NullMarked;
