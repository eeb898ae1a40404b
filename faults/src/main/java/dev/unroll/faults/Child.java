package dev.unroll.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process of its own that runs the {@code unroll} command.
 *
 * @param process the process
 * @param printed what it prints, on both streams
 */
public record Child(Process process, Path printed) {
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final Duration LONGEST = Duration.ofHours(2);
    private static final int LOOK_SECONDS = 5;

    /** Quick to start, and the same arithmetic everywhere. */
    public static final List<String> QUICK =
            List.of(
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-Xshare:auto",
                    "-Xlog:disable",
                    "-Djava.awt.headless=true",
                    "-Dunroll.backend=scalar",
                    "-Dunroll.threads=1");

    /**
     * Starts the command.
     *
     * @param options of Java
     * @param printed file that gets what it prints
     * @param arguments of {@code unroll}
     */
    public static Child unroll(List<String> options, Path printed, List<String> arguments)
            throws IOException {
        return start("dev.unroll.cli.Unroll", options, printed, arguments, Map.of());
    }

    /**
     * Starts a class with the class path of this process.
     *
     * @param main the class
     * @param options of Java
     * @param printed file that gets what it prints
     * @param arguments of the class
     * @param environment what differs from this process's
     */
    public static Child start(
            String main,
            List<String> options,
            Path printed,
            List<String> arguments,
            Map<String, String> environment)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
        command.addAll(List.of("--class-path", System.getProperty("java.class.path", "")));
        command.add(main);
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(printed.toFile());
        builder.environment().putAll(environment);
        return new Child(builder.start(), printed);
    }

    /**
     * Waits for the end. Beside other work a process may hardly run, so what counts is the time
     * that it computes; the time that passes may be longer.
     *
     * @return the exit code
     * @throws IllegalStateException if it does not end; it is killed then
     */
    public int await() throws InterruptedException {
        long start = System.nanoTime();
        while (!process.waitFor(LOOK_SECONDS, TimeUnit.SECONDS)) {
            Duration computed = process.info().totalCpuDuration().orElse(Duration.ZERO);
            if (computed.compareTo(PATIENCE) > 0 || System.nanoTime() - start > LONGEST.toNanos()) {
                kill();
                throw new IllegalStateException(
                        "a process did not end after computing for %d s; it printed %s"
                                .formatted(computed.toSeconds(), text()));
            }
        }
        return process.exitValue();
    }

    /** Kills it as nothing else can: with SIGKILL on Unix. Waits until it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** {@return what it has printed so far} */
    public String text() {
        try {
            return new String(Files.readAllBytes(printed), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "nothing that can be read: " + e;
        }
    }
}
