/** Tensors, and each operation beside its derivative. */
@NullMarked
package dev.unroll.tensor;

import org.jspecify.annotations.NullMarked;
