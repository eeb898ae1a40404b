/**
 * Matrix products: packing, micro-kernels, and products of few rows or of small matrices (Goto and
 * van de Geijn 2008).
 */
@NullMarked
package dev.unroll.vector.gemm;

import org.jspecify.annotations.NullMarked;
