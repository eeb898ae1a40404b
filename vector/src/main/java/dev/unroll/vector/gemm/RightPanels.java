package dev.unroll.vector.gemm;

/** A right operand that was packed whole, of {@link MicroKernel#COLUMNS} columns a panel. */
public sealed interface RightPanels permits Panels, CompactPanels {

    /** The inner dimension. */
    int rows();

    /** Number of columns. */
    int columns();
}
