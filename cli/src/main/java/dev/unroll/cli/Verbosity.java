package dev.unroll.cli;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;

/** {@code --verbose}: how much is told on standard error besides the answer. */
final class Verbosity {
    private static final String FORMAT = "java.util.logging.SimpleFormatter.format";

    /** Kept, because the logging system forgets the levels of loggers that nobody holds. */
    private static final Logger UNROLL = Logger.getLogger("dev.unroll");

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "Log what is done, and show the stack trace of a failure.")
    boolean verbose;

    /** Sets the logging up as the arguments ask, then runs the command. */
    static int applyAndRun(ParseResult parsed) {
        if (System.getProperty(FORMAT) == null) {
            System.setProperty(FORMAT, "%4$s: %5$s%6$s%n");
        }
        Level level = isSet(parsed.commandSpec().commandLine()) ? Level.FINE : Level.WARNING;
        UNROLL.setLevel(level);
        for (Handler handler : Logger.getLogger("").getHandlers()) {
            handler.setLevel(level);
        }
        try {
            return new RunLast().execute(parsed);
        } catch (LinkageError | VirtualMachineError e) {
            // picocli lets errors through; they are to be told like every other failure.
            throw new ExecutionException(parsed.commandSpec().commandLine(), e.toString(), e);
        }
    }

    static boolean isSet(CommandLine command) {
        CommandLine root = command;
        while (root.getParent() != null) {
            root = root.getParent();
        }
        Unroll unroll = root.getCommand();
        return unroll.verbosity.verbose;
    }
}
