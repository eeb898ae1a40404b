package dev.unroll.cli;

import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** A sub-command for a run, whose folder is the first argument. */
abstract class RunCommand extends Subcommand {
    @Parameters(index = "0", paramLabel = "RUN", description = "The run's folder.")
    Path run = Path.of("");
}
