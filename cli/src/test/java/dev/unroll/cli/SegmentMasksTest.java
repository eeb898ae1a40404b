package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.formats.image.Colour;
import dev.unroll.formats.image.Image;
import dev.unroll.formats.image.ImageFile;
import dev.unroll.formats.image.ImageMask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Videos with masks of your own, from folders to masks of a new video. */
class SegmentMasksTest {
    private static final int SIDE = 32;
    private static final int FRAMES = 16;

    @TempDir static Path folder;

    private static String at(String name) {
        return folder.resolve(name).toString();
    }

    /** A red square that moves to the right. */
    @BeforeAll
    static void train() throws IOException {
        for (int video = 0; video < 3; video++) {
            for (int t = 0; t < FRAMES; t++) {
                float[] values = Image.filled(SIDE, SIDE, Colour.WHITE).values().clone();
                boolean[] inside = new boolean[SIDE * SIDE];
                for (int v = 4 + video; v < 14 + video; v++) {
                    for (int u = t; u < t + 10; u++) {
                        values[3 * (v * SIDE + u) + 1] = 0;
                        values[3 * (v * SIDE + u) + 2] = 0;
                        inside[v * SIDE + u] = true;
                    }
                }
                write("frames", video, t, new Image(SIDE, SIDE, 3, values));
                write("masks", video, t, new ImageMask(SIDE, SIDE, inside).image());
            }
        }
        Files.writeString(
                folder.resolve("mine.yaml"),
                """
                task: segment-masks
                data:
                  frames: '%s'
                  masks: '%s'
                  heldOut: [video-2]
                  width: 32
                  height: 32
                  length: 3
                  batches: 10
                channels: 4
                model: {kind: gru}
                training: {epochs: 1, learningRate: 0.005}
                """
                        .formatted(at("frames"), at("masks")));
        Run train = Run.of("train", at("mine.yaml"), "--run", at("run"));
        assertThat(train.exitCode()).as(train.err()).isZero();
        assertThat(train.out()).contains("unroll segment");
    }

    private static void write(String kind, int video, int t, Image image) throws IOException {
        Path file = folder.resolve("%s/video-%d/%05d.png".formatted(kind, video, t));
        Files.createDirectories(file.getParent());
        ImageFile.write(file, image);
    }

    @Test
    void a_folder_of_frames_becomes_masks_and_an_animation() throws IOException {
        Run segment =
                Run.of(
                        "segment",
                        at("run"),
                        at("frames/video-2"),
                        "--mask=" + at("masks/video-2/00000.png"),
                        "--out=" + at("out"),
                        "--overlay=GIF");
        assertThat(segment.exitCode()).as(segment.err()).isZero();
        Path out = folder.resolve("out");
        for (int t = 0; t < FRAMES; t++) {
            Image mask = ImageFile.read(out.resolve("mask-%05d.png".formatted(t)));
            assertThat(mask.width()).isEqualTo(SIDE);
        }
        ImageMask given = ImageMask.of(ImageFile.read(folder.resolve("masks/video-2/00000.png")));
        ImageMask first = ImageMask.of(ImageFile.read(out.resolve("mask-00000.png")));
        assertThat(first.inside()).isEqualTo(given.inside());
        assertThat(ImageFile.read(out.resolve("overlay.gif")).height()).isEqualTo(SIDE);
    }

    @Test
    void a_missing_mask_says_what_to_give() {
        Run segment = Run.of("segment", at("run"), at("frames/video-2"), "--out=" + at("nothing"));
        assertThat(segment.exitCode()).isNotZero();
        assertThat(segment.err()).contains("--mask");
        assertThat(folder.resolve("nothing")).doesNotExist();
    }

    private static Run segment(Image mask) throws IOException {
        Path file = folder.resolve("given.png");
        ImageFile.write(file, mask);
        return Run.of(
                "segment",
                at("run"),
                at("frames/video-2"),
                "--mask=" + file,
                "--out=" + at("refused"));
    }

    @Test
    void a_mask_without_an_object_or_of_another_shape_is_refused() throws IOException {
        Run black = segment(Image.filled(SIDE, SIDE, Colour.BLACK));
        assertThat(black.exitCode()).isEqualTo(1);
        assertThat(black.err()).contains("the first mask is empty");
        Run dim = segment(Image.filled(SIDE, SIDE, new Colour(1 / 255f, 1 / 255f, 1 / 255f)));
        assertThat(dim.err()).contains(at("given.png"), "255 instead of 1");
        Run wide = segment(Image.filled(2 * SIDE, SIDE, Colour.WHITE));
        assertThat(wide.err()).contains("64 x 32", "32 x 32");
        assertThat(folder.resolve("refused")).doesNotExist();
    }

    @Test
    void the_run_is_measured_beside_the_first_mask_copied_on() {
        Run evaluate = Run.of("evaluate", at("run"), "--json");
        assertThat(evaluate.exitCode()).as(evaluate.err()).isZero();
        JsonNode parts = JsonMapper.shared().readTree(evaluate.out()).path("parts");
        assertThat(parts.propertyNames()).contains("held-out videos", "later frames");
        for (JsonNode part : parts) {
            assertThat(part.path("found").path("region").asDouble(-1)).isBetween(0.0, 1.0);
            assertThat(part.path("copied").path("boundary").asDouble(-1)).isBetween(0.0, 1.0);
        }
    }
}
