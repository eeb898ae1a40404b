package dev.unroll.hosts.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Programs of the JDK, run to their end. */
final class Java {
    static final Path HOME = Path.of(System.getProperty("java.home"));

    private Java() {}

    /**
     * What a process printed.
     *
     * @param out on standard output
     * @param err on standard error
     */
    record Printed(String out, String err) {}

    /** Runs a program and requires its exit code to be 0. */
    static Printed run(Path folder, Path program, List<String> arguments)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("ends: %s", command).isTrue();
        } finally {
            process.destroyForcibly();
        }
        Printed printed = new Printed(Files.readString(out), Files.readString(err));
        assertThat(process.exitValue())
                .as("%s%n%s%n%s", command, printed.out(), printed.err())
                .isZero();
        return printed;
    }

    /** Runs {@code java}, with little memory and options that come first. */
    static Printed java(Path folder, String... arguments) throws IOException, InterruptedException {
        return java(folder, HOME, arguments);
    }

    /** The same with another Java. */
    static Printed java(Path folder, Path home, String... arguments)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("-Xmx512m", "-XX:+UseSerialGC"));
        all.addAll(List.of(arguments));
        return run(folder, home.resolve("bin/java"), all);
    }

    /** The jars of a folder, by name. */
    static List<Path> jars(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A class path or module path. */
    static String path(List<Path> entries) {
        return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
