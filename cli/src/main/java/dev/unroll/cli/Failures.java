package dev.unroll.cli;

import dev.unroll.data.DataException;
import dev.unroll.formats.files.FileFailure;
import dev.unroll.tasks.run.RunException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Prints a failure as one clear line, and its stack trace only to users who asked for it. */
final class Failures {
    private Failures() {}

    static int wrongUsage(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        String name = command.getCommandSpec().qualifiedName();
        err.println(name + ": " + e.getMessage());
        UnmatchedArgumentException.printSuggestions(e, err);
        if (e instanceof UnmatchedArgumentException unmatched
                && unmatched.isUnknownOption()
                && command.getCommand() instanceof TextCommand<?, ?>) {
            err.printf(
                    "A text that begins with '-' stands behind '--': %s RUN -- '%s'%n",
                    name, unmatched.getUnmatched().getFirst());
        }
        err.println("See '" + name + " --help'.");
        return Unroll.WRONG_USAGE;
    }

    static int failed(Exception e, CommandLine command, ParseResult parsed) {
        if (e instanceof StandardOutput.Lost lost) {
            return lost(lost, command);
        }
        CommandLine innermost = parsed.asCommandLineList().getLast();
        String line = tell(e, innermost);
        Answer.of(innermost).ifPresent(answer -> answer.failed(line));
        return Unroll.FAILED;
    }

    /** A reader that is gone wants no words, and any other failure is told. */
    static int lost(StandardOutput.Lost e, CommandLine command) {
        if (e.isReaderGone()) {
            return Unroll.GONE;
        }
        tell(e, command);
        return Unroll.FAILED;
    }

    /**
     * Tells of a failure on standard error, whether or not the command goes on.
     *
     * @return the line that was told, without the command's name
     */
    static String tell(Exception e, CommandLine command) {
        String line = line(e);
        PrintWriter err = command.getErr();
        err.println(command.getCommandSpec().qualifiedName() + ": " + line);
        if (Verbosity.isSet(command)) {
            e.printStackTrace(err);
        }
        return line;
    }

    static String line(Throwable e) {
        return switch (e) {
            case ExecutionException wrapped when wrapped.getCause() != null ->
                    line(wrapped.getCause());
            case ExceptionInInitializerError wrapped when wrapped.getCause() != null ->
                    line(wrapped.getCause());
            case UncheckedIOException io when io.getCause() != null -> line(io.getCause());
            case DataException data -> oneLine(data.getMessage() + Hints.remedy(data));
            case RunException run -> oneLine(run.getMessage() + Hints.remedy(run));
            case FileSystemException file -> oneLine(FileFailure.told(file));
            case OutOfMemoryError _ ->
                    "out of memory with a heap of %d MB; give more, as in UNROLL_JAVA_OPTS=-Xmx8g"
                            .formatted(Runtime.getRuntime().maxMemory() >> 20);
            default -> e.getMessage() == null ? e.toString() : oneLine(e.getMessage());
        };
    }

    private static String oneLine(String message) {
        return message.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
