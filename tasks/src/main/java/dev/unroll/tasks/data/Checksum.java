package dev.unroll.tasks.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What a file's bytes come to: how many, and their SHA-256. */
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
            throw new DataException(file + ": cannot be read: " + e, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static Checksum expected(DataFile file) {
        return new Checksum(file.size(), file.sha256());
    }

    boolean matches(DataFile file) {
        return equals(expected(file));
    }

    @Override
    public String toString() {
        return "%,d bytes and SHA-256 %s".formatted(size, sha256);
    }
}
