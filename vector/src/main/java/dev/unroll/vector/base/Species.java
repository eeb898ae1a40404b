package dev.unroll.vector.base;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The widest vectors of floats that this processor has. */
public final class Species {
    /** The kind of vector that every loop uses. */
    public static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

    /** Lanes of a vector. */
    public static final int L = S.length();

    private Species() {}
}
