package dev.unroll.faults.fuzz;

import dev.unroll.data.DataException;
import dev.unroll.data.fetch.GzippedTar;
import dev.unroll.data.table.TextLines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Readers of archives and of packed text. */
final class ArchiveTargets {
    private static final byte[] TEXT =
            "a line\nanother line\n".repeat(20).getBytes(StandardCharsets.UTF_8);

    private ArchiveTargets() {}

    static List<Target> in(Path memory, Path disk) throws IOException {
        byte[] tar = tar();
        return List.of(
                Target.of(
                                "gzip",
                                List.of(gzipped(TEXT)),
                                new Scratch(memory.resolve("gzip"))
                                        .file("a.txt.gz", TextLines::ofGzip))
                        .refusing(DataException.class)
                        .mebibytes(64)
                        .share(2),
                Target.of(
                                "tar.gz",
                                List.of(gzipped(tar)),
                                new Scratch(memory.resolve("targz"))
                                        .file("a.tar.gz", ArchiveTargets::readTar))
                        .refusing(DataException.class)
                        .mebibytes(64)
                        .share(4),
                Target.of("tar", List.of(tar), tarReader(memory))
                        .words(
                                "ustar\u0000",
                                "././@LongLink",
                                "path=",
                                "size=",
                                "GNU.sparse.map=",
                                "L",
                                "x",
                                "g",
                                "K",
                                "S")
                        .refusing(DataException.class)
                        .mebibytes(64)
                        .share(2),
                Target.of(
                                "zip",
                                List.of(zip()),
                                new Scratch(disk.resolve("zip"))
                                        .file("a.zip", file -> TextLines.ofZip(file, "two.txt")))
                        .words("PK\u0001\u0002", "PK\u0003\u0004", "PK\u0005\u0006", "two.txt")
                        .refusing(DataException.class)
                        .mebibytes(64)
                        .share(1));
    }

    private static void readTar(Path file) throws DataException {
        GzippedTar.read(file, name -> name.endsWith(".txt"), 1 << 16, (name, content) -> {});
    }

    private static Target.Reader tarReader(Path memory) throws IOException {
        Target.Reader reader =
                new Scratch(memory.resolve("tar")).file("b.tar.gz", ArchiveTargets::readTar);
        return input -> reader.read(gzipped(input));
    }

    private static byte[] gzipped(byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        }
        return out.toByteArray();
    }

    private static byte[] tar() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (String name : List.of("p/one.txt", "p/" + "long".repeat(40) + ".txt", "p/x.bin")) {
                TarArchiveEntry entry = new TarArchiveEntry(name);
                entry.setSize(TEXT.length);
                tar.putArchiveEntry(entry);
                tar.write(TEXT);
                tar.closeArchiveEntry();
            }
        }
        return out.toByteArray();
    }

    private static byte[] zip() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String name : List.of("one.txt", "folder/two.txt")) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(TEXT);
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }
}
