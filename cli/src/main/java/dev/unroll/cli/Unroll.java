package dev.unroll.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code unroll} command. Exit codes: 0 done, 1 failed, 2 wrong usage. */
@Command(
        name = "unroll",
        description = "Trains and runs sequence models on the JVM.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failed", "2:wrong usage"},
        subcommands = {
            Quickstart.class,
            Train.class,
            Evaluate.class,
            Translate.class,
            Classify.class,
            Generate.class,
            TagWords.class,
            Segment.class,
            CaptionImage.class,
            Inspect.class,
            Diagnose.class,
            ReportRuns.class,
            Data.class,
            Lab.class,
            Jshell.class,
            Doctor.class,
            Bench.class
        })
public final class Unroll implements Runnable {
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;

    @Spec CommandSpec spec;

    @Mixin Verbosity verbosity;

    /** Makes the command, whose options picocli then sets. */
    public Unroll() {}

    /**
     * Runs the command and ends the process with its exit code.
     *
     * @param args as they were typed
     */
    public static void main(String[] args) {
        // The command speaks English, so its numbers are written as in English, too, on any
        // machine.
        // This comes first: whatever formats before it would have the machine's locale.
        Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
        PrintStream out = System.out;
        // Standard output belongs to the command's answer; whatever else is printed goes beside it.
        System.setOut(System.err);
        System.exit(run(out, System.err, args));
    }

    /**
     * Runs the command.
     *
     * @return the exit code
     */
    static int run(PrintStream out, PrintStream err, String... args) {
        return command(out, err).execute(args);
    }

    static CommandLine command(PrintStream out, PrintStream err) {
        return new CommandLine(new Unroll())
                .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExpandAtFiles(false) // a text may begin with any character
                .setExecutionStrategy(Verbosity::applyAndRun)
                .setParameterExceptionHandler(Failures::wrongUsage)
                .setExecutionExceptionHandler(Failures::failed);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
