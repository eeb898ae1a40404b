/**
 * Matrix products, beside OpenBLAS.
 *
 * <p>The products have the forms and sizes that occur in layers and in their derivatives.
 */
@NullMarked
package dev.unroll.bench.gemm;

import org.jspecify.annotations.NullMarked;
