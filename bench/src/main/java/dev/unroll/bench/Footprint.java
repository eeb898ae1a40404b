package dev.unroll.bench;

/**
 * The memory that one side of a work needs, measured in a process of its own.
 *
 * @param before bytes resident when the engine was loaded and the side was not yet made
 * @param peak most bytes resident at any time, as the operating system counts
 * @param live most bytes in arrays of numbers at once; 0 where the engine does not say
 * @param allocated bytes of the Java heap that a run asks for, once everything is warm
 * @param collecting share of the time spent on garbage collection, once everything is warm
 */
public record Footprint(long before, long peak, long live, double allocated, double collecting) {

    /** {@return the bytes that the work added to the process} */
    public long added() {
        return peak - before;
    }
}
