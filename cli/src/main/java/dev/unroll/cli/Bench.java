package dev.unroll.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/**
 * {@code unroll bench}: speed beside other engines. The launcher starts module bench instead of
 * this class, because nothing else may depend on the other engines; here stands what help shows.
 */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Compares Unroll's speed with PyTorch's and other engines'.")
final class Bench implements Callable<Integer> {

    @Unmatched List<String> arguments = new ArrayList<>(); // picocli adds to it

    @Override
    public Integer call() {
        throw new IllegalStateException(
                "the other engines are not part of these jars; in a copy of Unroll's source,"
                        + " ./unroll bench with nothing in front of 'bench' builds what it needs");
    }
}
