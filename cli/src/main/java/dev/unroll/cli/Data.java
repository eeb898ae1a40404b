package dev.unroll.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code unroll data}: the published data sets. */
@Command(
        name = "data",
        mixinStandardHelpOptions = true,
        description = "Lists and fetches data sets that others published.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {DataList.class, DataFetch.class})
final class Data implements Runnable {

    @Spec CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing: list or fetch");
    }
}
