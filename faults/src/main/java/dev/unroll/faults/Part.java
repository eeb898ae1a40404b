package dev.unroll.faults;

import java.io.IOException;

/** Faults of one kind, and what must hold when they happen. */
public interface Part {

    /** The name on the command line. */
    String name();

    /** What is done, for people, in a sentence. */
    String about();

    /**
     * Makes the faults.
     *
     * @param plan how many, where, and from which seed
     * @param log told what happens
     * @return what was done and what did not hold
     */
    Outcome run(Plan plan, Log log) throws IOException, InterruptedException;

    /** Told what happens, a line at a time. */
    @FunctionalInterface
    interface Log {
        /** Takes a line. */
        void line(String text);
    }
}
