package dev.unroll.backend;

/**
 * A run of 32-bit floats that only its backend can look into. Everything above the backend passes
 * buffers around without ever seeing where they live.
 */
public interface Buffer {

    /** Number of floats. */
    int size();
}
