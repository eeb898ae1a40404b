package dev.unroll.tasks.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** The published archive of {@link Imdb}: a file for each review. */
final class ImdbArchive {
    private static final Pattern REVIEW =
            Pattern.compile("aclImdb/(train|test)/(neg|pos)/(\\d+_\\d+\\.txt)");

    /** No review is longer than a hundredth of it. */
    private static final int MOST_BYTES = 1 << 20;

    private static final String AGAIN = "; delete it and fetch it again";

    private ImdbArchive() {}

    static Splits<LabelledText> read(Path file) throws DataException {
        Map<String, LabelledText> train = new TreeMap<>();
        Map<String, LabelledText> test = new TreeMap<>();
        try (InputStream bytes = Files.newInputStream(file);
                InputStream unzipped = new GZIPInputStream(bytes, 1 << 16);
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new BufferedInputStream(unzipped, 1 << 16))) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = tar.getNextEntry()) {
                Matcher name = REVIEW.matcher(entry.getName());
                if (name.matches()) {
                    boolean positive = name.group(2).equals("pos");
                    LabelledText text =
                            new LabelledText(
                                    positive ? "positive" : "negative",
                                    text(file + " > " + entry.getName(), tar));
                    (name.group(1).equals("train") ? train : test)
                            .put(name.group(2) + "/" + name.group(3), text);
                }
            }
        } catch (DataException e) {
            throw e;
        } catch (EOFException | ZipException e) {
            throw new DataException(file + ": not a whole gzip file" + AGAIN, e);
        } catch (IOException e) {
            throw new DataException(file + ": cannot be read as an archive: " + e + AGAIN, e);
        }
        return new Splits<>(
                Imdb.requireSome(file + " > aclImdb/train", List.copyOf(train.values())),
                List.of(),
                Imdb.requireSome(file + " > aclImdb/test", List.copyOf(test.values())));
    }

    private static String text(String name, TarArchiveInputStream tar) throws IOException {
        byte[] bytes = tar.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new DataException(name + ": more than " + MOST_BYTES + " bytes" + AGAIN);
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new DataException(name + ": not UTF-8" + AGAIN, e);
        }
    }
}
