package dev.unroll.tasks.run;

import dev.unroll.backend.Backends;
import dev.unroll.random.Noise;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * What the bits of a training depend on besides its recipe and its data. Two trainings with equal
 * environments give equal weights, bit for bit; the number of threads and the processor's model
 * change nothing.
 *
 * @param unroll Unroll's version
 * @param java the release of Java, such as 25, whose exponential and other functions may differ in
 *     their last bit from those of another release
 * @param architecture of the processor, such as amd64, for the same reason
 * @param arithmetic the backend, and the width of the vectors that sums are taken in
 * @param random the generator of random numbers
 */
public record RunEnvironment(
        String unroll, int java, String architecture, String arithmetic, String random) {

    /** Not null, as every file that was read whole has it. */
    public RunEnvironment {
        Objects.requireNonNull(unroll);
        Objects.requireNonNull(architecture);
        Objects.requireNonNull(arithmetic);
        Objects.requireNonNull(random);
    }

    /** {@return that of this process} */
    public static RunEnvironment here() {
        return new RunEnvironment(
                version(),
                Runtime.version().feature(),
                String.valueOf(System.getProperty("os.arch")),
                Backends.current().arithmetic(),
                Noise.GENERATOR);
    }

    /** {@return Unroll's version, as the build wrote it down} */
    public static String version() {
        try (InputStream in =
                Objects.requireNonNull(RunEnvironment.class.getResourceAsStream("version.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return whether answers are computed to the same bits as in another environment} */
    boolean computesAs(RunEnvironment other) {
        return java == other.java
                && architecture.equals(other.architecture)
                && arithmetic.equals(other.arithmetic);
    }

    /** {@return whether random numbers are the same as in another environment} */
    boolean drawsAs(RunEnvironment other) {
        return random.equals(other.random);
    }

    /** {@return what computes, for people} */
    public String text() {
        return "%s, Java %d, %s".formatted(arithmetic, java, architecture);
    }
}
