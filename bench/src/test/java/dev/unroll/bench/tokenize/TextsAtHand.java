package dev.unroll.bench.tokenize;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.unroll.data.fetch.DataFolders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The hostile texts, and lines of whatever text lies in the folder of data. */
final class TextsAtHand {
    private static final int OF_EACH_FILE = 500;

    private TextsAtHand() {}

    /** Hostile texts first; a test that asks is skipped where there is no folder of data. */
    static List<String> all() throws IOException {
        List<String> texts = new ArrayList<>(HostileTexts.all());
        texts.addAll(lines());
        return texts;
    }

    /** Lines of real text only. */
    static List<String> lines() throws IOException {
        Path given = DataFolders.standard().given();
        assumeTrue(given != null, "wants text in the folder that UNROLL_DATA names");
        List<String> lines = Lines.of(given, OF_EACH_FILE);
        assumeTrue(!lines.isEmpty(), "wants text in the folder that UNROLL_DATA names");
        return lines;
    }
}
