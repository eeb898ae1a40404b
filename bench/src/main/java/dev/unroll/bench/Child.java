package dev.unroll.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process of its own, with the same jars. */
public final class Child {
    private Child() {}

    /**
     * Runs a class's main method in a new process to its end; what it says on standard error is
     * passed on.
     *
     * @return what it wrote to standard output
     * @throws IOException if it cannot be started or fails
     */
    public static byte[] run(List<String> options, Class<?> main, String... arguments)
            throws IOException {
        Process process = start(options, main, arguments);
        byte[] answer = process.getInputStream().readAllBytes();
        try {
            if (process.waitFor() != 0) {
                throw new IOException(
                        "%s %s ended with exit code %d"
                                .formatted(
                                        main.getSimpleName(),
                                        String.join(" ", arguments),
                                        process.exitValue()));
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException(main.getSimpleName() + " was interrupted", e);
        }
        return answer;
    }

    /** Starts a class's main method in a new process. */
    static Process start(List<String> options, Class<?> main, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--add-modules=jdk.incubator.vector");
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(options);
        command.add("--class-path=" + System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
