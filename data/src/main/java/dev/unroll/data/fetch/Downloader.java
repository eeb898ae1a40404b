package dev.unroll.data.fetch;

import dev.unroll.data.DataException;
import dev.unroll.data.fetch.DataFiles.NewReleases;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * Fetches files from the network: whole and checked, or not at all.
 *
 * <p>Bytes go into a {@code .part} file beside the place they are for, which moves there in one
 * step when its size and checksum are right. A connection that breaks is taken up where it broke,
 * also by a later call. Processes that want the same file wait for the first.
 *
 * @param client makes the connections
 * @param attempts how often in a row a connection may break without bringing anything, 1 or more
 * @param pause before the second attempt; doubles with each
 * @param patience how long a server may be silent
 */
public record Downloader(HttpClient client, int attempts, Duration pause, Duration patience) {

    public Downloader {
        if (attempts < 1 || pause.isNegative() || !patience.isPositive()) {
            throw new IllegalArgumentException(
                    ("downloader: attempts %d (1 or more), pause %s (0 or more), patience"
                                    + " %s (more than 0)")
                            .formatted(attempts, pause, patience));
        }
    }

    /** Five attempts, from a second apart; servers may be silent for half a minute. */
    public static Downloader standard() {
        HttpClient client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NORMAL)
                        .connectTimeout(Duration.ofSeconds(20))
                        .build();
        return new Downloader(client, 5, Duration.ofSeconds(1), Duration.ofSeconds(30));
    }

    /**
     * Brings a file to its place.
     *
     * @param target its place; if something is there already, nothing happens
     * @throws DataException if it cannot be had whole; what came of it is kept for the next call,
     *     unless it is wrong
     */
    void fetch(DataFile file, Path target, NewReleases newReleases, ProgressListener listener)
            throws DataException {
        PartialFile part = new PartialFile(target);
        try (FolderLock _ = FolderLock.on(Objects.requireNonNull(target.getParent()))) {
            if (Files.exists(target)) {
                return; // another process was faster
            }
            requireSpace(file, part);
            boolean continued = part.size() > 0;
            Checksum checksum = receive(file, part, listener);
            if (!checksum.matches(file) && continued) {
                // The first piece may be of another release, or damaged: once more from the start.
                part.discard();
                checksum = receive(file, part, listener);
            }
            if (!checksum.matches(file) && !accepted(file, newReleases)) {
                part.discard();
                throw wrong(file, checksum);
            }
            part.finish();
        } catch (DataException e) {
            throw e;
        } catch (IOException e) {
            throw new DataException(
                    ("%s: cannot write into %s: %s. Make room and see that you may write there, or"
                                    + " put the file into another folder, as %s, and name that"
                                    + " folder in %s")
                            .formatted(
                                    file.path(),
                                    target.getParent(),
                                    e,
                                    file.path(),
                                    DataFolders.VARIABLE),
                    e);
        }
    }

    /** Receives until nothing is missing. */
    private Checksum receive(DataFile file, PartialFile part, ProgressListener listener)
            throws IOException {
        RangeRequest exchange = new RangeRequest(client, patience, file, part, listener);
        long furthest = part.size(); // a server without ranges may break at another place each time
        int failures = 0;
        while (true) {
            switch (exchange.run()) {
                case RangeRequest.Outcome.Whole _ -> {
                    return Checksum.of(part.file());
                }
                case RangeRequest.Outcome.Refused(String why) ->
                        throw new DataException(because(file, why));
                case RangeRequest.Outcome.Broken(String why) -> {
                    failures = part.size() > furthest ? 1 : failures + 1;
                    furthest = Math.max(furthest, part.size());
                    if (failures >= attempts) {
                        throw new DataException(
                                because(
                                        file,
                                        ("the connection broke %d times: %s; what came is"
                                                        + " kept, and another try goes on from"
                                                        + " there")
                                                .formatted(failures, why)));
                    }
                    pause(file, failures);
                }
            }
        }
    }

    private void pause(DataFile file, int failures) throws DataException {
        try {
            Thread.sleep(pause.multipliedBy(1L << Math.min(failures - 1, 5)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DataException(file.path() + ": interrupted", e);
        }
    }

    private static boolean accepted(DataFile file, NewReleases newReleases) {
        return switch (file.release()) {
            case FIXED -> false;
            case ROLLING -> newReleases == NewReleases.ACCEPT;
            case UNCHECKED -> true;
        };
    }

    private static void requireSpace(DataFile file, PartialFile part) throws IOException {
        Path folder = Objects.requireNonNull(part.target().getParent());
        long needed = file.size() - part.size();
        long usable = Files.getFileStore(folder).getUsableSpace();
        if (usable < needed) {
            throw new DataException(
                    "%s: needs %,d bytes more in %s, but the disk has only %,d: make room"
                            .formatted(file.path(), needed, folder, usable));
        }
    }

    private static DataException wrong(DataFile file, Checksum checksum) {
        String difference =
                "it has %s, the catalogue's %s"
                        .formatted(
                                checksum,
                                Checksum.expected(file).map(Checksum::toString).orElse("none"));
        return switch (file.release()) {
            case FIXED, UNCHECKED ->
                    new DataException(
                            because(
                                    file,
                                    "what came is not the published file: "
                                            + difference
                                            + "; a proxy or a login page may have answered"));
            case ROLLING ->
                    DataException.newRelease(
                            file.path().substring(0, file.path().indexOf('/')),
                            "%s: %s now has another release: %s"
                                    .formatted(file.path(), file.address(), difference));
        };
    }

    private static String because(DataFile file, String why) {
        return ("%s: cannot fetch %s: %s. Or put the file into a folder of yours, as %s, and name"
                        + " that folder in %s")
                .formatted(file.path(), file.address(), why, file.path(), DataFolders.VARIABLE);
    }
}
