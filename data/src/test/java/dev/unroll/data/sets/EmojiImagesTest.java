package dev.unroll.data.sets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.DataException;
import dev.unroll.data.sets.DrawingSet.Drawing;
import dev.unroll.data.sets.DrawingSet.Request;
import dev.unroll.formats.image.Colour;
import dev.unroll.formats.image.Image;
import dev.unroll.formats.image.ImageFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With packages as small as they come, laid out like the published ones. */
class EmojiImagesTest {
    @TempDir Path folder;

    private static final String LIST =
            """
            [{"unified": "1F44B", "image": "1f44b.png",
              "has_img_google": true, "has_img_twitter": true,
              "skin_variations": {"1F3FB": {"unified": "1F44B-1F3FB", "image": "1f44b-1f3fb.png",
                "has_img_google": true, "has_img_twitter": true}}},
             {"unified": "2764-FE0F", "image": "2764-fe0f.png",
              "has_img_google": true, "has_img_twitter": true},
             {"unified": "1F354", "image": "1f354.png",
              "has_img_google": true, "has_img_twitter": false}]
            """;

    private static final String NAMES =
            """
            [{"hexcode": "1F44B", "label": "waving hand",
              "skins": [{"hexcode": "1F44B-1F3FB", "label": "waving hand: light skin tone"}]},
             {"hexcode": "2764", "label": "red heart"}, {"hexcode": "1F354", "label": "burger"}]
            """;

    private static byte[] drawing(Colour colour) {
        return ImageFile.png(Image.filled(64, 64, colour));
    }

    private static Map<String, byte[]> drawings(String artist, Colour colour) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String image : List.of("1f44b.png", "1f44b-1f3fb.png", "2764-fe0f.png")) {
            files.put("img/" + artist + "/64/" + image, drawing(colour));
        }
        return files;
    }

    private Path pack(String name, Map<String, byte[]> files) throws IOException {
        Path packed = folder.resolve(name);
        try (TarArchiveOutputStream tar =
                new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(packed)))) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry("package/" + file.getKey());
                entry.setSize(file.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        }
        return packed;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private List<Drawing> read(String list, String names, String language) throws IOException {
        Map<String, byte[]> google = drawings("google", new Colour(1, 0, 0));
        google.put("emoji.json", utf8(list));
        return EmojiImages.read(
                pack("google.tgz", google),
                pack("twitter.tgz", drawings("twitter", new Colour(0, 0, 1))),
                pack("names.tgz", Map.of("en/compact.json", utf8(names))),
                new Request(language, true, 64));
    }

    @Test
    void emoji_that_both_have_drawn_are_read_with_names_and_skin_tones() throws IOException {
        List<Drawing> emoji = read(LIST, NAMES, "en");

        assertThat(emoji)
                .extracting(Drawing::caption)
                .containsExactly("waving hand", "waving hand: light skin tone", "red heart");
        assertThat(emoji)
                .extracting(Drawing::name)
                .containsExactly("1f44b", "1f44b-1f3fb", "2764-fe0f");
        assertThat(emoji.getFirst().image().at(5, 5, 0)).isEqualTo(1);
        assertThat(Objects.requireNonNull(emoji.getFirst().other()).at(5, 5, 0)).isEqualTo(0);
        assertThat(emoji.get(1).family()).isEqualTo(emoji.get(0).family());
    }

    @Test
    void skin_tones_that_are_not_wanted_are_left_out() throws IOException {
        Map<String, byte[]> google = drawings("google", Colour.BLACK);
        google.put("emoji.json", utf8(LIST));
        assertThat(
                        EmojiImages.read(
                                pack("google.tgz", google),
                                pack("twitter.tgz", drawings("twitter", Colour.BLACK)),
                                pack("names.tgz", Map.of("en/compact.json", utf8(NAMES))),
                                new Request("en", false, 64)))
                .extracting(Drawing::caption)
                .containsExactly("waving hand", "red heart");
    }

    @Test
    void a_language_that_is_not_there_is_refused() {
        assertThatThrownBy(() -> read(LIST, NAMES, "tlh"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no names in 'tlh'");
    }

    @Test
    void lists_that_are_not_json_are_refused_by_name() {
        assertThatThrownBy(() -> read("[{", NAMES, "en"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("google.tgz > emoji.json: is not JSON");
        assertThatThrownBy(() -> read("{}", NAMES, "en")).hasMessageContaining("is no JSON array");
        assertThatThrownBy(() -> read("[]", NAMES, "en"))
                .hasMessageContaining("has no emoji that is drawn twice and named");
    }

    @Test
    void a_package_that_breaks_off_is_refused() throws IOException {
        Path whole = pack("g.tgz", drawings("google", Colour.BLACK));
        byte[] bytes = Files.readAllBytes(whole);
        Path half = Files.write(folder.resolve("half.tgz"), Arrays.copyOf(bytes, 100));

        assertThatThrownBy(() -> EmojiImages.read(half, half, half, new Request("en", true, 64)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("half.tgz: not a whole gzip file");
    }
}
