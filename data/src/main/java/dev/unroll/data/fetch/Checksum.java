package dev.unroll.data.fetch;

import dev.unroll.data.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** The size of a file in bytes, and their SHA-256. */
record Checksum(long size, String sha256) {

    static Checksum of(Path file) throws DataException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            long size = 0;
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
                size += n;
            }
            return new Checksum(size, HexFormat.of().formatHex(digest.digest()));
        } catch (IOException e) {
            throw DataException.unreadable(file, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** {@return the checksum of a file in the catalogue; empty if the file is unchecked} */
    static Optional<Checksum> expected(DataFile file) {
        return Optional.ofNullable(file.sha256()).map(sha256 -> new Checksum(file.size(), sha256));
    }

    /** {@return whether a file in the catalogue has this checksum, or none} */
    boolean matches(DataFile file) {
        return expected(file).map(this::equals).orElse(true);
    }

    @Override
    public String toString() {
        return "%,d bytes and SHA-256 %s".formatted(size, sha256);
    }
}
