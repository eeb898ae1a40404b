package dev.unroll.cli;

import dev.unroll.data.fetch.DataFiles;
import dev.unroll.data.fetch.DataFiles.NewReleases;
import dev.unroll.data.fetch.DataFolders;
import dev.unroll.data.fetch.Downloader;
import dev.unroll.data.sets.DataSet;
import dev.unroll.data.sets.DataSets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code unroll data fetch}: brings a set here, if it is not. */
@Command(
        name = "fetch",
        description = {
            "Fetches a data set into the cache, unless it is here already.",
            "A download that broke off is taken up where it broke."
        })
final class DataFetch extends Subcommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "As in 'unroll data list'.")
    String name = "";

    @Option(
            names = "--accept-new-release",
            description = "Take a file that its publisher has replaced; results may differ.")
    boolean acceptNewRelease;

    /** A file, or a folder of files, that is here. */
    record Fetched(String path, long bytes) {}

    /** All files of a set. */
    record FetchedSet(String name, List<Fetched> files) {}

    @Override
    public Integer call() throws IOException {
        DataSet set = set();
        List<Fetched> fetched = new ArrayList<>();
        try (FetchView view = new FetchView(err())) {
            DataFiles files =
                    new DataFiles(
                            DataFolders.standard(),
                            Downloader.standard(),
                            view,
                            acceptNewRelease ? NewReleases.ACCEPT : NewReleases.REFUSE);
            for (Path path : files.fetch(set.about())) {
                fetched.add(new Fetched(path.toString(), bytes(path)));
            }
        }
        answer.give(
                new FetchedSet(name, fetched),
                fetched.isEmpty()
                        ? name + " is made on the spot: there is nothing to fetch"
                        : fetched.stream().map(Fetched::path).collect(Collectors.joining("\n")));
        return 0;
    }

    private static long bytes(Path path) throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            long bytes = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        }
    }

    private DataSet set() {
        try {
            return DataSets.named(DataSet.class, name);
        } catch (IllegalArgumentException e) {
            throw wrongUsage(e.getMessage(), e);
        }
    }
}
