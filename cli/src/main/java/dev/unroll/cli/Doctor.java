package dev.unroll.cli;

import dev.unroll.backend.Backends;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code unroll doctor}: what Unroll finds on this machine, and how fast it is. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Shows what Unroll finds on this machine, and how fast it is.")
final class Doctor implements Callable<Integer> {

    @Mixin(name = Answer.NAME)
    Answer answer;

    /**
     * The findings.
     *
     * @param unroll its version
     * @param java the version of Java, and who built it
     * @param system the operating system and the kind of processor
     * @param cores processors Java may use
     * @param memory of the machine, in bytes
     * @param heap the most the heap may grow to, in bytes
     * @param backend what does the arithmetic
     * @param backendRunsOn the width of its vectors, its threads
     * @param backendReason why it was chosen
     * @param fallback whether a faster backend could not be used
     * @param gflops measured, in 10⁹ operations a second
     */
    record Findings(
            String unroll,
            String java,
            String system,
            int cores,
            long memory,
            long heap,
            String backend,
            String backendRunsOn,
            String backendReason,
            boolean fallback,
            double gflops) {}

    @Override
    public Integer call() {
        Backends.Choice choice = Backends.choice();
        Findings findings =
                new Findings(
                        Version.number(),
                        Runtime.version() + " (" + System.getProperty("java.vendor") + ")",
                        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                        Runtime.getRuntime().availableProcessors(),
                        Machine.memory(),
                        Runtime.getRuntime().maxMemory(),
                        choice.backend().name(),
                        choice.backend().description(),
                        choice.reason(),
                        choice.fallback(),
                        Machine.gflops(choice.backend()));
        answer.give(findings, text(findings));
        return 0;
    }

    private static String text(Findings f) {
        return """
        unroll    %s
        Java      %s
        system    %s, %d cores, %d MB of memory
        heap      at most %d MB
        backend   %s: %s
                  %s
        speed     %.1f GFLOP/s in products of %d × %d floats
        """
                .formatted(
                        f.unroll(),
                        f.java(),
                        f.system(),
                        f.cores(),
                        f.memory() >> 20,
                        f.heap() >> 20,
                        f.backend(),
                        f.backendRunsOn(),
                        f.backendReason(),
                        f.gflops(),
                        Machine.SIDE,
                        Machine.SIDE);
    }
}
