package dev.unroll.bench.tokenize;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipInputStream;

/** Lines of text in many scripts: whatever files lie in some folders. */
final class Lines {

    private Lines() {}

    /** Lines of all text files in a folder, at most so many of each, spread over the file. */
    static List<String> of(Path folder, int each) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".gz")
                        || name.endsWith(".zip")
                        || name.endsWith(".txt")
                        || name.endsWith(".tsv")
                        || name.endsWith(".pos")
                        || name.endsWith(".neg")
                        || name.endsWith(".lines")
                        || name.endsWith(".properties")) {
                    lines.addAll(spread(lines(file), each));
                }
            }
        }
        return lines;
    }

    private static List<String> spread(List<String> lines, int most) {
        if (lines.size() <= most) {
            return lines;
        }
        List<String> some = new ArrayList<>(most);
        for (int i = 0; i < most; i++) {
            some.add(lines.get((int) ((long) i * lines.size() / most)));
        }
        return some;
    }

    private static List<String> lines(Path file) throws IOException {
        try (InputStream raw = Files.newInputStream(file)) {
            if (file.toString().endsWith(".gz")) {
                return lines(new GZIPInputStream(raw));
            }
            if (file.toString().endsWith(".zip")) {
                List<String> all = new ArrayList<>();
                ZipInputStream zip = new ZipInputStream(raw);
                while (zip.getNextEntry() != null) {
                    all.addAll(lines(zip));
                }
                return all;
            }
            return lines(raw);
        }
    }

    private static List<String> lines(InputStream in) {
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        List<String> all = new ArrayList<>();
        try {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isBlank()) {
                    all.add(line.length() > 4000 ? line.substring(0, 4000) : line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }
}
