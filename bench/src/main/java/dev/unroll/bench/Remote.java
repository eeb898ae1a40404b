package dev.unroll.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A side in a process of its own, for an engine that cannot share ours. It is told what to do line
 * by line, which takes some 50 µs a run.
 */
public final class Remote implements Contestant {
    private static final String RUN = "run";
    private static final String THREADS = "threads ";

    private final Process process;
    private final BufferedReader in;
    private final BufferedWriter out;

    /**
     * Starts it.
     *
     * @param main a class whose main method calls {@link #serve}
     */
    public Remote(List<String> options, Class<?> main, String... arguments) {
        try {
            process = Child.start(options, main, arguments);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        in =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        out =
                new BufferedWriter(
                        new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    }

    @Override
    public double run() {
        return ask(RUN);
    }

    @Override
    public void threads(int threads) {
        ask(THREADS + threads);
    }

    private double ask(String line) {
        try {
            out.write(line);
            out.newLine();
            out.flush();
            String answer = in.readLine();
            if (answer == null) {
                throw new IllegalStateException("the other engine's process has ended");
            }
            return Double.parseDouble(answer);
        } catch (IOException e) {
            throw new UncheckedIOException("the other engine's process does not answer", e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }

    /** In the other process: does as it is told until nobody tells it anything. */
    public static void serve(Contestant side) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            double answer = 0;
            if (line.startsWith(THREADS)) {
                side.threads(Integer.parseInt(line.substring(THREADS.length())));
            } else {
                answer = side.run();
            }
            System.out.println(answer);
        }
    }
}
