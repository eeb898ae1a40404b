package dev.unroll.cli;

import dev.unroll.tasks.run.RunEnvironment;
import picocli.CommandLine.IVersionProvider;

/** The version, as the build wrote it down. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"unroll " + number() + " on Java " + Runtime.version()};
    }

    static String number() {
        return RunEnvironment.version();
    }
}
