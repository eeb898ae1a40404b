package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages for people: each has a heading, and what they link to is there. */
class DocumentsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern CODE = Pattern.compile("(?s)```.*?```|`[^`]*`");

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        try (Stream<Path> above = Files.list(ROOT)) {
            above.filter(DocumentsTest::isPage).forEach(pages::add);
        }
        try (Stream<Path> below = Files.walk(ROOT.resolve("docs"))) {
            below.filter(DocumentsTest::isPage).forEach(pages::add);
        }
        return pages;
    }

    private static boolean isPage(Path file) {
        return file.toString().endsWith(".md");
    }

    @Test
    void each_page_begins_with_a_heading() throws IOException {
        assertThat(pages()).hasSizeGreaterThan(20);
        for (Path page : pages()) {
            assertThat(Files.readString(page)).as(page.toString()).startsWith("# ");
        }
    }

    @Test
    void what_a_page_links_to_in_the_project_is_there() throws IOException {
        List<String> missing = new ArrayList<>();
        int links = 0;
        for (Path page : pages()) {
            String text = CODE.matcher(Files.readString(page)).replaceAll("");
            for (var link : LINK.matcher(text).results().toList()) {
                String to = link.group(1).replaceFirst("#.*", "");
                if (!to.isEmpty() && URI.create(to).getScheme() == null) {
                    links++;
                    if (!Files.exists(page.resolveSibling(to))) {
                        missing.add(ROOT.relativize(page) + " -> " + to);
                    }
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(links).isGreaterThan(50);
    }
}
