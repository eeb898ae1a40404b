package dev.unroll.tasks.masks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.formats.image.Image;
import dev.unroll.formats.image.ImageFile;
import dev.unroll.formats.image.ImageMask;
import dev.unroll.formats.video.AnimatedGif;
import dev.unroll.formats.video.Video;
import dev.unroll.formats.video.VideoException;
import dev.unroll.formats.video.VideoLimits;
import dev.unroll.tasks.Predictor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.w3c.dom.NodeList;

class SegmentedVideoTest {

    @TempDir Path folder;

    private static ImageMask left(int width, int height) {
        boolean[] inside = new boolean[width * height];
        for (int i = 0; i < inside.length; i++) {
            inside[i] = i % width < width / 2;
        }
        return new ImageMask(width, height, inside);
    }

    private Path frames(int count) throws IOException {
        Path frames = Files.createDirectories(folder.resolve("frames"));
        for (int i = 0; i < count; i++) {
            float[] values = new float[20 * 10];
            Arrays.fill(values, i / 20f);
            ImageFile.write(frames.resolve("%d.png".formatted(i)), new Image(20, 10, 1, values));
        }
        return frames;
    }

    /** Says that the object stays where it is, and looks at what it is asked. */
    private static final Predictor<GivenVideo, List<ImageMask>> STILL =
            videos ->
                    videos.stream()
                            .map(
                                    v -> {
                                        assertThat(v.first().width()).isEqualTo(10);
                                        assertThat(v.frames().getFirst().height()).isEqualTo(5);
                                        return Collections.nCopies(v.frames().size(), v.first());
                                    })
                            .toList();

    @Test
    void masks_are_found_in_the_networks_size_and_written_in_the_videos() throws IOException {
        Video video = Video.of(frames(11));
        SegmentedVideo found = SegmentedVideo.of(STILL, video, left(40, 20), 10, 5);
        List<Path> files = found.write(folder.resolve("out"), SegmentedVideo.Overlay.PNG);
        assertThat(files).hasSize(22).allSatisfy(file -> assertThat(file).isRegularFile());
        ImageMask mask = ImageMask.of(ImageFile.read(folder.resolve("out/mask-00010.png")));
        assertThat(mask.width()).isEqualTo(20);
        assertThat(mask.inside()).isEqualTo(left(20, 10).inside());
        Image overlay = ImageFile.read(folder.resolve("out/overlay-00010.png"));
        assertThat(overlay.at(15, 5, 0)).isEqualTo(overlay.at(15, 5, 1)); // outside as it was
        assertThat(overlay.at(5, 5, 0)).isGreaterThan(overlay.at(5, 5, 1) + 0.3f);
        assertThat(found.write(folder.resolve("bare"), SegmentedVideo.Overlay.NONE)).hasSize(11);
    }

    @Test
    void a_first_mask_that_shows_nothing_or_has_another_shape_is_refused() throws IOException {
        Video video = Video.of(frames(2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> asked(video, new ImageMask(20, 10, new boolean[200])))
                .withMessageContaining("the first mask is empty");
        boolean[] dot = new boolean[200];
        dot[0] = true;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> asked(video, new ImageMask(20, 10, dot)))
                .withMessageContainingAll("too small", "10 x 5 pixels");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> asked(video, left(20, 20)))
                .withMessageContainingAll("the first mask", "20 x 20", "20 x 10");
        assertThat(asked(video, left(7, 4)).masks()).hasSize(2);
    }

    private static SegmentedVideo asked(Video video, ImageMask first) throws IOException {
        return SegmentedVideo.of(STILL, video, first, 10, 5);
    }

    @Test
    @ResourceLock(Resources.LOCALE)
    void files_have_the_same_names_where_people_write_other_digits() throws IOException {
        Locale before = Locale.getDefault(Locale.Category.FORMAT);
        Locale.setDefault(Locale.Category.FORMAT, Locale.of("ar", "EG"));
        try {
            SegmentedVideo found =
                    SegmentedVideo.of(STILL, Video.of(frames(1)), left(20, 10), 10, 5);
            assertThat(found.write(folder.resolve("out"), SegmentedVideo.Overlay.PNG))
                    .extracting(file -> file.getFileName().toString())
                    .containsExactly("mask-00000.png", "overlay-00000.png");
        } finally {
            Locale.setDefault(Locale.Category.FORMAT, before);
        }
    }

    @Test
    void the_animation_has_a_frame_for_each_with_its_time_and_plays_on() throws IOException {
        SegmentedVideo found = SegmentedVideo.of(STILL, Video.of(frames(11)), left(20, 10), 10, 5);
        List<Path> files = found.write(folder.resolve("out"), SegmentedVideo.Overlay.GIF);
        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        try (ImageInputStream in = ImageIO.createImageInputStream(files.getLast().toFile())) {
            reader.setInput(in);
            assertThat(reader.getNumImages(true)).isEqualTo(11);
            for (int i = 0; i < 11; i++) {
                var tree =
                        (IIOMetadataNode)
                                reader.getImageMetadata(i).getAsTree("javax_imageio_gif_image_1.0");
                NodeList control = tree.getElementsByTagName("GraphicControlExtension");
                assertThat(((IIOMetadataNode) control.item(0)).getAttribute("delayTime"))
                        .isEqualTo("8");
                assertThat(tree.getElementsByTagName("ApplicationExtension").getLength())
                        .isEqualTo(i == 0 ? 1 : 0);
                assertThat(reader.read(i).getWidth()).isEqualTo(20);
            }
        } finally {
            reader.dispose();
        }
    }

    @Test
    void what_is_no_video_or_does_not_fit_is_refused() throws IOException {
        Path frames = frames(3);
        assertThatThrownBy(() -> Video.of(folder.resolve("nowhere")))
                .isInstanceOf(VideoException.class)
                .hasMessageContaining("no such folder or file");
        assertThatThrownBy(() -> Video.of(Files.write(folder.resolve("a.avi"), new byte[1])))
                .isInstanceOf(VideoException.class)
                .hasMessageContaining("unpack its frames into a folder");
        assertThatThrownBy(
                        () -> Video.of(frames, new VideoLimits(100, 2, 100, Duration.ofMinutes(1))))
                .hasMessageContaining("more than 2 frames");
        ImageFile.write(frames.resolve("3.png"), new Image(5, 5, 1, new float[25]));
        assertThatThrownBy(() -> Video.of(frames).read(frame -> {}))
                .isInstanceOf(VideoException.class)
                .hasMessageContaining("a frame of 5 x 5 pixels in a video of 20 x 10");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new GivenVideo(
                                        "odd",
                                        List.of(new Image(2, 2, 1, new float[4])),
                                        left(4, 4)))
                .withMessageContaining("give both in one size");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AnimatedGif(folder.resolve("a.gif"), 0));
    }
}
