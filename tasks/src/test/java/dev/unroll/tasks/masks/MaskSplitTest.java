package dev.unroll.tasks.masks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.data.Corpus;
import dev.unroll.data.table.MaskedVideo;
import dev.unroll.formats.image.Colour;
import dev.unroll.formats.image.Image;
import dev.unroll.formats.image.ImageFile;
import dev.unroll.formats.image.ImageMask;
import dev.unroll.tasks.metrics.MaskScore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaskSplitTest {

    @TempDir Path folder;

    /** Frames of 12 x 6 pixels; the object is a bright column that walks to the right. */
    private MaskedVideo video(String name, int frames) throws IOException {
        List<Path> images = new ArrayList<>();
        List<Path> masks = new ArrayList<>();
        for (int i = 0; i < frames; i++) {
            boolean[] inside = new boolean[12 * 6];
            for (int y = 0; y < 6; y++) {
                inside[y * 12 + i % 12] = true;
            }
            ImageMask mask = new ImageMask(12, 6, inside);
            images.add(folder.resolve("%s-%03d.png".formatted(name, i)));
            masks.add(folder.resolve("%s-%03d-mask.png".formatted(name, i)));
            ImageFile.write(images.getLast(), mask.image());
            ImageFile.write(masks.getLast(), mask.image());
        }
        return new MaskedVideo(name, images, masks);
    }

    @Test
    void no_frame_is_in_two_parts_and_held_out_videos_are_not_learnt_from() throws IOException {
        MaskedVideo seen = video("seen", 10);
        MaskedVideo unseen = video("unseen", 10);
        Corpus<MaskSplit.Part> split =
                MaskSplit.of("made", List.of(seen, unseen), List.of("unseen"));
        assertThat(split.train()).containsExactly(new MaskSplit.Part(seen, 0, 6));
        assertThat(split.tests().get("later frames"))
                .containsExactly(new MaskSplit.Part(seen, 7, 10));
        assertThat(split.tests().get(MaskSplit.HELD_OUT))
                .containsExactly(new MaskSplit.Part(unseen, 0, 10));
        assertThat(split.validation()).isEmpty(); // one frame, whose mask would be given
        assertThat(MaskSplit.of("made", List.of(video("long", 40)), List.of()).validation())
                .extracting(MaskSplit.Part::from, MaskSplit.Part::to)
                .containsExactly(tuple(24, 28));
    }

    @Test
    void seventeen_frames_or_more_always_leave_some_to_decide_with() {
        for (int frames = 17; frames < 1_000; frames++) {
            assertThat(splitOf(frames).validation()).as("%d frames", frames).hasSize(1);
        }
        assertThat(splitOf(16).validation()).isEmpty();
    }

    private static Corpus<MaskSplit.Part> splitOf(int frames) {
        List<Path> files = Collections.nCopies(frames, Path.of("frame.png"));
        return MaskSplit.of("made", List.of(new MaskedVideo("one", files, files)), List.of());
    }

    @Test
    void videos_that_are_too_short_for_a_part_are_counted_and_named() throws IOException {
        MaskedVideo blink = video("blink", 2);
        MaskedVideo glance = video("glance", 1);
        MaskedVideo nod = video("nod", 5);
        MaskedVideo walk = video("walk", 20);
        List<MaskedVideo> all = List.of(blink, glance, nod, walk);
        Corpus<MaskSplit.Part> split = MaskSplit.of("made", all, List.of("glance"));
        assertThat(split.train()).extracting(MaskSplit.Part::video).containsExactly(nod, walk);
        assertThat(split.remarks())
                .containsExactly(
                        "1 of 3 videos is too short to have two frames for training: blink",
                        "2 of 3 videos are too short to have two frames for validation: blink, nod",
                        "2 of 3 videos are too short to have two frames for the test, after"
                                + " those for training: blink, nod",
                        "1 of 1 videos is too short to have two frames for the test, though"
                                + " held out: glance");
        assertThat(MaskSplit.of("made", List.of(walk), List.of()).remarks()).isEmpty();
    }

    @Test
    void a_part_is_read_with_its_masks_in_the_size_asked_for() throws IOException {
        MaskedClip clip = new MaskSplit.Part(video("seen", 4), 1, 4).read(24, 12);
        assertThat(clip.size()).isEqualTo(3);
        assertThat(clip.frames()).allSatisfy(f -> assertThat(f.width()).isEqualTo(24));
        assertThat(clip.masks().getFirst().area()).isEqualTo(2 * 12);
        assertThat(clip.masks().getFirst().at(2, 5)).isTrue();
        assertThat(clip.masks().getFirst().at(4, 5)).isFalse();
    }

    @Test
    void neither_the_given_mask_nor_the_last_one_counts() throws IOException {
        MaskedClip clip = MaskedClip.read(video("seen", 4), 0, 4, 12, 6);
        List<ImageMask> masks = new ArrayList<>(clip.masks());
        masks.set(0, masks.get(3));
        masks.set(3, masks.get(1));
        assertThat(MaskScores.ofClip(clip, masks)).isEqualTo(new MaskScore(1, 1));
        masks.set(2, new ImageMask(12, 6, new boolean[12 * 6]));
        assertThat(MaskScores.ofClip(clip, masks).region()).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void a_copied_mask_is_right_for_a_still_object_and_wrong_for_a_moving_one() throws IOException {
        MaskedVideo moving = video("moving", 5);
        MaskedVideo still =
                new MaskedVideo(
                        "still",
                        moving.frames(),
                        Collections.nCopies(5, moving.masks().getFirst()));
        assertThat(MaskScores.ofFirstMaskCopied(MaskedClip.read(still, 0, 5, 12, 6)).region())
                .isEqualTo(1);
        assertThat(MaskScores.ofFirstMaskCopied(MaskedClip.read(moving, 0, 5, 12, 6)).region())
                .isZero();
    }

    @Test
    void what_cannot_be_split_or_does_not_fit_is_refused() throws IOException {
        List<MaskedVideo> one = List.of(video("only", 10));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MaskSplit.of("made", one, List.of("other")))
                .withMessage("there is no video 'other' to hold out; there are [only]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MaskSplit.of("made", one, List.of("only")))
                .withMessageContaining("no video is left for training");
        Image frame = new Image(2, 1, 1, new float[2]);
        ImageMask mask = new ImageMask(2, 1, new boolean[2]);
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new MaskedClip(
                                        "odd",
                                        List.of(frame, new Image(1, 2, 1, new float[2])),
                                        List.of(mask, mask)))
                .withMessageContaining("2 x 1 pixels like the first");
    }

    @Test
    void a_frame_and_a_mask_of_another_shape_are_no_pair() throws IOException {
        MaskedVideo wide = video("wide", 2);
        Path narrow = folder.resolve("narrow.png");
        ImageFile.write(narrow, Image.filled(6, 6, Colour.WHITE));
        MaskedVideo odd = new MaskedVideo("odd", wide.frames(), Collections.nCopies(2, narrow));
        assertThat(MaskedClip.read(wide, 0, 2, 8, 8).isEmpty()).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MaskedClip.read(odd, 0, 2, 8, 8))
                .withMessageContainingAll("narrow.png", "6 x 6", "12 x 6");
    }
}
