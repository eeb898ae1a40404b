package dev.unroll.cli.report;

import dev.unroll.data.DataException;
import dev.unroll.data.fetch.About;
import dev.unroll.data.fetch.DataFile;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.data.sets.DataSet;
import dev.unroll.data.sets.DataSets;
import dev.unroll.tasks.recipe.Recipe;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A file of a run's data.
 *
 * @param file as the recipe or the data set names it
 * @param size in bytes
 * @param sha256 its checksum, or where there is none
 */
record DataSum(String file, long size, String sha256) {

    /**
     * The files of a recipe's data: those of a published set with the checksums that it promises,
     * or as they lie here in another form, and those of one's own as they are now.
     */
    static List<DataSum> of(Recipe recipe, DataFiles files) throws IOException {
        JsonNode data = JsonMapper.shared().<JsonNode>valueToTree(recipe).path("data");
        String name = data.path("set").asString("");
        Optional<DataSet> set =
                DataSets.all().stream().filter(each -> each.name().equals(name)).findFirst();
        return set.isPresent() ? published(set.get().about(), files) : own(data);
    }

    private static List<DataSum> published(About about, DataFiles files) throws IOException {
        Optional<List<Path>> other;
        try {
            other = files.otherForm(about);
        } catch (DataException e) {
            other = Optional.empty();
        }
        List<DataSum> sums = new ArrayList<>();
        if (other.isPresent()) {
            for (Path path : other.get()) {
                if (Files.isRegularFile(path)) {
                    sums.add(of(path));
                }
            }
            return sums;
        }
        for (DataFile file : about.files()) {
            String sum = file.sha256();
            sums.add(new DataSum(file.path(), file.size(), sum == null ? "not published" : sum));
        }
        return sums;
    }

    private static List<DataSum> own(JsonNode data) throws IOException {
        List<DataSum> sums = new ArrayList<>();
        for (JsonNode value : data) {
            String text = value.asString("");
            if (!text.isBlank() && isFile(text)) {
                sums.add(of(Path.of(text)));
            }
        }
        return sums;
    }

    private static boolean isFile(String text) {
        try {
            return Files.isRegularFile(Path.of(text));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static DataSum of(Path path) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(path), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            String sum = HexFormat.of().formatHex(digest.digest());
            return new DataSum(path.toString(), Files.size(path), sum);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
