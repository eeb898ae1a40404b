package dev.unroll.data.fetch;

/** Is told how a download goes. Called often, from the thread that downloads. */
@FunctionalInterface
public interface ProgressListener {

    /** Does nothing. */
    ProgressListener SILENT = (file, bytes, total) -> {};

    /**
     * Some bytes have come.
     *
     * @param file whose
     * @param bytes here so far, those of an earlier, broken download included
     * @param total bytes in all, or -1 if nobody knows
     */
    void received(DataFile file, long bytes, long total);

    /**
     * A file is used whose checksum the catalogue does not know.
     *
     * @param file which
     * @param sha256 the checksum that it has, in hexadecimal digits
     */
    default void unverified(DataFile file, String sha256) {}
}
