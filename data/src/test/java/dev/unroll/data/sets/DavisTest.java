package dev.unroll.data.sets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.DataException;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.data.fetch.DataFolders.Place;
import dev.unroll.data.fetch.UnpackingLimits;
import dev.unroll.data.table.MaskedVideo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DavisTest {

    @TempDir Path folder;

    @Test
    void each_sequence_has_its_frames_and_masks_in_order() throws IOException {
        Packed packed = folders();
        List<MaskedVideo> videos = new Davis().load(packed.files());
        assertThat(videos).extracting(MaskedVideo::name).containsExactlyElementsOf(Davis.SEQUENCES);
        Path frames = folder.resolve("davis/JPEGImages/blackswan");
        Path masks = folder.resolve("davis/Annotations/blackswan");
        assertThat(videos.getFirst().frames())
                .containsExactly(frames.resolve("00000.jpg"), frames.resolve("00001.jpg"));
        assertThat(videos.getFirst().masks())
                .containsExactly(masks.resolve("00000.png"), masks.resolve("00001.png"));
    }

    @Test
    void a_frame_without_a_mask_is_refused() throws IOException {
        Packed packed = folders();
        Files.delete(folder.resolve("davis/Annotations/cows/00001.png"));
        assertThatThrownBy(() -> new Davis().load(packed.files()))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("cows has 2 frames", "cows 1 masks", "no mask for 00001");
    }

    @Test
    void the_published_archive_is_unpacked_once_into_the_cache() throws IOException {
        Packed packed = new Packed(folder);
        Map<String, String> entries = new LinkedHashMap<>();
        for (String name : Davis.SEQUENCES) {
            entries.put("DAVIS/JPEGImages/480p/" + name + "/00000.jpg", "frame of " + name);
            entries.put("DAVIS/Annotations/480p/" + name + "/00000.png", "mask of " + name);
        }
        entries.put("DAVIS/JPEGImages/1080p/cows/00000.jpg", "too large");
        entries.put("DAVIS/JPEGImages/480p/../../../../evil/00000.jpg", "out of the folder");
        Path zip = packed.zip("davis/DAVIS-data.zip", entries);
        DataFiles files = packed.files();
        List<MaskedVideo> videos = new Davis().load(files);
        assertThat(videos).hasSameSizeAs(Davis.SEQUENCES);
        assertThat(videos.getFirst().frames().getFirst())
                .isEqualTo(folder.resolve("cache/davis/JPEGImages/blackswan/00000.jpg"))
                .hasContent("frame of blackswan");
        assertThat(folder.resolve("evil")).doesNotExist();
        Files.delete(zip);
        assertThat(new Davis().load(files)).isEqualTo(videos);
        assertThat(files.folders().place(new Davis().about())).isEqualTo(Place.CACHE);
    }

    @Test
    void another_archive_is_refused() {
        Packed packed = new Packed(folder);
        packed.zip("davis/DAVIS-data.zip", Map.of("other.txt", "text"));
        assertThatThrownBy(() -> new Davis().load(packed.files()))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("DAVIS-data.zip", "it is another file");
    }

    private static List<String> left(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(".lock"))
                    .toList();
        }
    }

    @Test
    void an_archive_that_unpacks_to_more_than_the_limits_is_refused_and_nothing_is_left()
            throws IOException {
        String name = "DAVIS/JPEGImages/480p/cows/0000%d.jpg";
        Path zip =
                new Packed(folder)
                        .zip(
                                "davis/bomb.zip",
                                Map.of(
                                        name.formatted(0),
                                        "0".repeat(3 << 20),
                                        name.formatted(1),
                                        "0".repeat(3 << 20)));
        Path to = folder.resolve("unpacked");
        UnpackingLimits standard = UnpackingLimits.STANDARD;
        assertThatThrownBy(() -> DavisArchive.unpack(zip, to, standard))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("bomb.zip: unpacks to more than 100 times its own");
        assertThat(left(to)).isEmpty();
        assertThatThrownBy(
                        () ->
                                DavisArchive.unpack(
                                        zip, to, new UnpackingLimits(4 << 20, 10, 10_000)))
                .hasMessageContaining("unpacks to more than 4,194,304 bytes");
        assertThatThrownBy(
                        () -> DavisArchive.unpack(zip, to, new UnpackingLimits(1 << 30, 1, 10_000)))
                .hasMessageContaining("unpacks to more than 1 files");
        assertThat(left(to)).isEmpty();
    }

    @Test
    void what_a_killed_process_left_half_unpacked_is_removed_by_the_next() throws IOException {
        Path to = folder.resolve("unpacked");
        Path half = Files.createDirectories(to.resolve("unpacking123/JPEGImages/cows"));
        Files.writeString(half.resolve("00000.jpg"), "half");
        Path zip = new Packed(folder).zip("davis/other.zip", Map.of("other.txt", "text"));
        assertThatThrownBy(() -> DavisArchive.unpack(zip, to)).isInstanceOf(DataException.class);
        assertThat(left(to)).isEmpty();
    }

    private Packed folders() {
        Packed packed = new Packed(folder);
        for (String name : Davis.SEQUENCES) {
            for (String number : List.of("00001", "00000")) {
                packed.plain("davis/JPEGImages/" + name + "/" + number + ".jpg", "frame");
                packed.plain("davis/Annotations/" + name + "/" + number + ".png", "mask");
            }
        }
        return packed;
    }
}
