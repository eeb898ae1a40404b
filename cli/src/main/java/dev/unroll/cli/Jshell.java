package dev.unroll.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/**
 * {@code unroll jshell}: the JDK's shell with Unroll on its path. The launcher starts the JDK's own
 * program instead of this class; here stands what help shows.
 */
@Command(
        name = "jshell",
        mixinStandardHelpOptions = true,
        description = {
            "Opens the JDK's shell with Unroll on its path and imported, so that a formula can be",
            "typed and the code of an experiment pasted. Options are those of jshell."
        })
final class Jshell implements Callable<Integer> {

    @Unmatched List<String> arguments = new ArrayList<>(); // picocli adds to it

    @Override
    public Integer call() {
        throw new IllegalStateException(
                "the shell is opened by the launcher: ./unroll jshell in a copy of Unroll's source");
    }
}
