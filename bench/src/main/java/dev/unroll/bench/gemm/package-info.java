/** Matrix products beside OpenBLAS's. */
@NullMarked
package dev.unroll.bench.gemm;

import org.jspecify.annotations.NullMarked;
