package dev.unroll.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/** A sub-command with {@code --json} and {@code --help}. */
@Command(mixinStandardHelpOptions = true)
abstract class Subcommand implements Callable<Integer> {
    @Mixin(name = Answer.NAME)
    Answer answer;

    /** Standard error of the command. */
    final PrintWriter err() {
        return answer.command.commandLine().getErr();
    }

    /** The failure of arguments that were typed wrongly. */
    final ParameterException wrongUsage(String why) {
        return wrongUsage(why, null);
    }

    /** The failure of arguments that were typed wrongly, with its cause. */
    final ParameterException wrongUsage(@Nullable String why, @Nullable Throwable cause) {
        return new ParameterException(answer.command.commandLine(), String.valueOf(why), cause);
    }
}
