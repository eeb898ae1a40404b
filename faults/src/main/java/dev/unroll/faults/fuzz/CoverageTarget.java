package dev.unroll.faults.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * What Jazzer calls, in a process of its own, for one reader: {@code unroll.fuzz.target} names it.
 * Jazzer looks at which branches an input takes, and goes on from those that take new ones.
 */
public final class CoverageTarget {
    private static final Held HELD = held();

    private CoverageTarget() {}

    private static Held held() {
        String name = System.getProperty("unroll.fuzz.target", "");
        try {
            Path folder = Files.createTempDirectory("unroll-coverage-");
            return Targets.in(folder)
                    .named(name)
                    .map(Held::new)
                    .orElseThrow(() -> new IllegalStateException("there is no reader " + name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Called before Jazzer's clock starts: a reader may want the files of a training. */
    public static void fuzzerInitialize() {
        Objects.requireNonNull(HELD);
    }

    /**
     * Takes an input. Jazzer rewrites each class when it is first needed, which takes time and
     * memory in the midst of reading; so {@link Held} wants a rule to be broken twice.
     */
    public static void fuzzerTestOneInput(byte[] input) {
        Optional<String> broken = HELD.read(input);
        if (broken.isPresent()) {
            throw new IllegalStateException(broken.get());
        }
    }
}
