package dev.unroll.vector;

import dev.unroll.backend.Groups;
import java.util.Set;

/** The groups of operations that have plain loops beside those of vectors. */
enum Part {
    ELEMENTWISE,
    PRODUCTS,
    ROWS,
    NORMALISATION,
    RECURRENCE,
    SCAN,
    ATTENTION,
    INFERENCE,
    ENCODERS;

    /** Some groups with vectors, the others without. */
    static Groups mixed(Set<Part> withVectors, Groups vectors, Groups plain) {
        return new Groups(
                (withVectors.contains(ELEMENTWISE) ? vectors : plain).elementwise(),
                (withVectors.contains(PRODUCTS) ? vectors : plain).products(),
                (withVectors.contains(ROWS) ? vectors : plain).rows(),
                (withVectors.contains(NORMALISATION) ? vectors : plain).normalisation(),
                vectors.losses(),
                (withVectors.contains(RECURRENCE) ? vectors : plain).recurrence(),
                (withVectors.contains(SCAN) ? vectors : plain).scan(),
                (withVectors.contains(ATTENTION) ? vectors : plain).attention(),
                vectors.linearAttention(),
                vectors.images(),
                vectors.updates(),
                (withVectors.contains(INFERENCE) ? vectors : plain).inference(),
                (withVectors.contains(ENCODERS) ? vectors : plain).encoders());
    }
}
