package dev.unroll.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/**
 * {@code unroll faults}: what Unroll does when something goes wrong. The launcher starts module
 * faults instead of this class, because nothing else may depend on a fuzzer; here stands what help
 * shows.
 */
@Command(
        name = "faults",
        mixinStandardHelpOptions = true,
        description = "Makes things go wrong, from kills to damaged files, and says what held.")
final class Faults implements Callable<Integer> {

    @Unmatched List<String> arguments = new ArrayList<>(); // picocli adds to it

    @Override
    public Integer call() {
        throw new IllegalStateException(
                "what makes things go wrong is not part of these jars; in a copy of Unroll's source,"
                        + " ./unroll faults with nothing in front of 'faults' builds what it needs");
    }
}
