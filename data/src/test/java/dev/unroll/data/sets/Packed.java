package dev.unroll.data.sets;

import dev.unroll.data.fetch.DataFiles;
import dev.unroll.data.fetch.DataFolders;
import dev.unroll.data.fetch.Downloader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Small files as publishers pack them, in a folder of data that a test makes. */
public record Packed(Path folder) {

    /** Looks in the folder alone; a download would fail the test. */
    public DataFiles files() {
        return new DataFiles(
                new DataFolders(folder, folder.resolve("cache")),
                Downloader.standard(),
                (file, _, _) -> {
                    throw new AssertionError("fetches " + file);
                },
                DataFiles.NewReleases.REFUSE);
    }

    public Path plain(String path, String text) {
        return write(path, out -> out.write(utf8(text)));
    }

    public Path gzip(String path, String text) {
        return write(
                path,
                out -> {
                    try (OutputStream packed = new GZIPOutputStream(out)) {
                        packed.write(utf8(text));
                    }
                });
    }

    public Path zip(String path, Map<String, String> texts) {
        return write(
                path,
                out -> {
                    try (ZipOutputStream zip = new ZipOutputStream(out)) {
                        for (Map.Entry<String, String> text : texts.entrySet()) {
                            zip.putNextEntry(new ZipEntry(text.getKey()));
                            zip.write(utf8(text.getValue()));
                        }
                    }
                });
    }

    public Path tarGzip(String path, Map<String, String> texts) {
        return write(
                path,
                out -> {
                    try (TarArchiveOutputStream tar =
                            new TarArchiveOutputStream(new GZIPOutputStream(out))) {
                        for (Map.Entry<String, String> text : texts.entrySet()) {
                            TarArchiveEntry entry = new TarArchiveEntry(text.getKey());
                            entry.setSize(utf8(text.getValue()).length);
                            tar.putArchiveEntry(entry);
                            tar.write(utf8(text.getValue()));
                            tar.closeArchiveEntry();
                        }
                    }
                });
    }

    private interface Writing {
        void to(OutputStream out) throws IOException;
    }

    private Path write(String path, Writing writing) {
        Path file = folder.resolve(path);
        try {
            Files.createDirectories(file.getParent());
            try (OutputStream out = Files.newOutputStream(file)) {
                writing.to(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
