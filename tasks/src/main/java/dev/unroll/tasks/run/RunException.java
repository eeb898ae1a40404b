package dev.unroll.tasks.run;

/** A run's folder that cannot be used; the message says what is missing and what to do. */
public final class RunException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /** With what is wrong. */
    public RunException(String message) {
        super(message);
    }
}
