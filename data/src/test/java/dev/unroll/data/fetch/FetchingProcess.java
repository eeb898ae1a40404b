package dev.unroll.data.fetch;

import dev.unroll.data.DataException;
import dev.unroll.data.fetch.DataFile.Release;
import dev.unroll.data.fetch.DataFiles.NewReleases;
import java.net.URI;
import java.nio.file.Path;

/** A process that fetches one file: address, size, SHA-256, place. */
final class FetchingProcess {
    private FetchingProcess() {}

    public static void main(String[] args) throws DataException {
        DataFile file =
                new DataFile(
                        "set/file.gz",
                        URI.create(args[0]),
                        Long.parseLong(args[1]),
                        args[2],
                        Release.FIXED);
        Downloader.standard()
                .fetch(file, Path.of(args[3]), NewReleases.REFUSE, ProgressListener.SILENT);
    }
}
