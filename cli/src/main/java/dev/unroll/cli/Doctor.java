package dev.unroll.cli;

import dev.unroll.backend.Backends;
import dev.unroll.formats.video.Video;
import dev.unroll.formats.video.VideoFormat;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** {@code unroll doctor}: what Unroll finds on this machine, and how fast it is. */
@Command(
        name = "doctor",
        description = "Shows what Unroll finds on this machine, and how fast it is.")
final class Doctor extends Subcommand {

    /**
     * The findings.
     *
     * @param unroll its version
     * @param java the version and the vendor of Java
     * @param machine the machine and the part of it that Java may use
     * @param backend the backend and its speed
     * @param video what reads video files, and its version
     */
    record Findings(String unroll, String java, Host machine, Arithmetic backend, String video) {}

    /**
     * A machine.
     *
     * @param system the operating system and the kind of processor
     * @param cores processors Java may use
     * @param memory of the machine, in bytes
     * @param heap the most the heap may grow to, in bytes
     */
    record Host(String system, int cores, long memory, long heap) {}

    /**
     * A backend.
     *
     * @param name of the backend
     * @param description the width of its vectors, its threads
     * @param reason for its choice
     * @param fallback whether a faster backend could not be used
     * @param gflops measured, in 10⁹ operations a second
     */
    record Arithmetic(
            String name, String description, String reason, boolean fallback, double gflops) {}

    @Override
    public Integer call() {
        Backends.Choice choice = Backends.choice();
        Findings findings =
                new Findings(
                        Version.number(),
                        Runtime.version() + " (" + System.getProperty("java.vendor") + ")",
                        new Host(
                                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                                Runtime.getRuntime().availableProcessors(),
                                Machine.memory(),
                                Runtime.getRuntime().maxMemory()),
                        new Arithmetic(
                                choice.backend().name(),
                                choice.backend().description(),
                                choice.reason(),
                                choice.fallback(),
                                Machine.gflops(choice.backend())),
                        video());
        answer.give(findings, text(findings));
        return 0;
    }

    private static String video() {
        return Video.formats().stream().map(VideoFormat::reader).collect(Collectors.joining("; "));
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
        video     %s
        """
                .formatted(
                        f.unroll(),
                        f.java(),
                        f.machine().system(),
                        f.machine().cores(),
                        f.machine().memory() >> 20,
                        f.machine().heap() >> 20,
                        f.backend().name(),
                        f.backend().description(),
                        f.backend().reason(),
                        f.backend().gflops(),
                        Machine.SIDE,
                        Machine.SIDE,
                        f.video());
    }
}
