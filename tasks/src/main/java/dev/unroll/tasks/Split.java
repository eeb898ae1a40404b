package dev.unroll.tasks;

/** Which part of its data a model is measured on. */
public enum Split {
    /** What it has never seen. */
    TEST,
    /** What its training decided with. */
    VALIDATION
}
