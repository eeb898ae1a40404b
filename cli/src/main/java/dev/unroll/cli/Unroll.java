package dev.unroll.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The {@code unroll} command. Exit codes: see {@link #GONE} and those beside it. */
@Command(
        name = "unroll",
        description = "Trains and runs sequence models on the JVM.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed",
            "2:wrong usage",
            "130:interrupted",
            "141:nobody reads the answer any more"
        })
public final class Unroll implements Runnable {
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;

    /** 128 and the number of SIGPIPE, as a shell reports other programs that it happens to. */
    static final int GONE = 141;

    private static final List<Class<?>> SUBCOMMANDS =
            List.of(
                    Quickstart.class,
                    Train.class,
                    Evaluate.class,
                    Translate.class,
                    Classify.class,
                    Regress.class,
                    ReadPair.class,
                    Generate.class,
                    TagWords.class,
                    Segment.class,
                    CaptionImage.class,
                    ImportModel.class,
                    Embed.class,
                    Inspect.class,
                    Export.class,
                    Diagnose.class,
                    ReportRuns.class,
                    RecipeList.class,
                    Data.class,
                    Lab.class,
                    Jshell.class,
                    Doctor.class,
                    Bench.class,
                    Faults.class);

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
        PrintStream out =
                new PrintStream(
                        new StandardOutput(new FileOutputStream(FileDescriptor.out)), false, UTF_8);
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
        CommandLine command = command(out, err, args);
        try {
            int code = command.execute(args);
            out.flush();
            return code;
        } catch (StandardOutput.Lost e) {
            return Failures.lost(e, command);
        }
    }

    /** The command, with what the arguments need of it. */
    static CommandLine command(PrintStream out, PrintStream err, String... args) {
        CommandLine unroll = new CommandLine(new Unroll());
        meant(args).forEach(unroll::addSubcommand);
        return unroll.setOut(new PrintWriter(out, true, UTF_8))
                .setErr(new PrintWriter(err, true, UTF_8))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExpandAtFiles(false) // a text may begin with any character
                .setExecutionStrategy(Unroll::execute)
                .setParameterExceptionHandler(Failures::wrongUsage)
                .setExecutionExceptionHandler(Failures::failed);
    }

    /**
     * The sub-command that the first argument names, or all of them if it names none: for help, or
     * for a mistake. Making ready those that are not run takes a tenth of a second.
     */
    private static List<Class<?>> meant(String... args) {
        for (Class<?> one : SUBCOMMANDS) {
            if (args.length > 0 && args[0].equals(one.getAnnotation(Command.class).name())) {
                return List.of(one);
            }
        }
        return SUBCOMMANDS;
    }

    /** Help that cannot be written is told like any other answer. */
    private static int execute(ParseResult parsed) {
        try {
            return Verbosity.applyAndRun(parsed);
        } catch (StandardOutput.Lost e) {
            throw new ExecutionException(parsed.commandSpec().commandLine(), e.getMessage(), e);
        }
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
