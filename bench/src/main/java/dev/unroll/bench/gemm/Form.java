package dev.unroll.bench.gemm;

/** First the left operand, then the right: N as it lies in memory, T transposed. */
public enum Form {
    /** A forward pass: x · w. */
    NN,
    /** The gradient of a weight: xᵀ · dy. */
    TN,
    /** The gradient of an input, dy · wᵀ, and outputs with tied embeddings. */
    NT;

    boolean left() {
        return this == TN;
    }

    boolean right() {
        return this == NT;
    }
}
