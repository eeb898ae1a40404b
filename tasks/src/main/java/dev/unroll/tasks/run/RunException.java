package dev.unroll.tasks.run;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A run's folder that cannot be used; the message says what is wrong with it. */
public final class RunException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /** Faults with a remedy that depends on how Unroll is used. */
    public enum Reason {
        /** The folder holds no run. */
        NO_RUN,
        /** The run has no weights yet. */
        NO_MODEL,
        /** The run is of another task than the one asked for. */
        OTHER_TASK,
        /** The run's weights belong to another recipe. */
        OTHER_RECIPE
    }

    private final @Nullable Reason reason;
    private final transient @Nullable Path run;

    /** A fault whose message says all. */
    public RunException(String message) {
        super(message);
        this.reason = null;
        this.run = null;
    }

    /** A fault that a program may answer with a remedy of its own. */
    public RunException(Reason reason, Path run, String message) {
        super(message);
        this.reason = reason;
        this.run = run;
    }

    /** The kind of fault, if it is one of those with a remedy. */
    public Optional<Reason> reason() {
        return Optional.ofNullable(reason);
    }

    /** The run's folder, where there is a {@link #reason()}. */
    public Optional<Path> run() {
        return Optional.ofNullable(run);
    }
}
