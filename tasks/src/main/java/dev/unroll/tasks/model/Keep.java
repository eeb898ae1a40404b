package dev.unroll.tasks.model;

/** Which tokens of a text that is too long stay. */
public enum Keep {
    /** The first. */
    FIRST,
    /** The last. */
    LAST
}
