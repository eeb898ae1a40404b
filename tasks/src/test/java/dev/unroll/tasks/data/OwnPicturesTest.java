package dev.unroll.tasks.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.tasks.data.CaptionedPictures.CaptionedPicture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnPicturesTest {

    @TempDir Path folder;

    private Packed packed;
    private Path frames;

    @BeforeEach
    void makeFrames() {
        packed = new Packed(folder);
        for (int i : new int[] {10, 9, 8}) {
            packed.plain("frames/f" + i + ".png", "picture");
        }
        packed.plain("frames/notes.txt", "no picture");
        frames = folder.resolve("frames");
    }

    @Test
    void pictures_come_in_the_order_of_their_numbers() throws IOException {
        assertThat(PictureFolder.pictures(frames))
                .containsExactly(
                        frames.resolve("f8.png"),
                        frames.resolve("f9.png"),
                        frames.resolve("f10.png"));
    }

    @Test
    void captions_find_their_pictures_and_bad_rows_are_told() throws IOException {
        Path table =
                packed.plain(
                        "captions.csv",
                        "caption,file\n"
                                + "eight,f8.png\n".repeat(30)
                                + "\"nine, too\",f9.png\n"
                                + "lost,f7.png\nlonely\noutside,../captions.csv\n");
        CaptionedPictures captions = CaptionedPictures.read(frames, table, "file", "caption");
        assertThat(captions.pictures())
                .hasSize(31)
                .last()
                .isEqualTo(new CaptionedPicture(frames.resolve("f9.png"), "nine, too"));
        assertThat(captions.remarks())
                .hasSize(4)
                .anyMatch(remark -> remark.contains("captions.csv:33: there is no file 'f7.png'"))
                .anyMatch(remark -> remark.contains("captions.csv:34: it has 1 columns"))
                .anyMatch(remark -> remark.contains("captions.csv:35: there is no file '../capt"));
    }

    @Test
    void captions_of_a_folder_that_is_not_there_are_refused() {
        Path table = packed.plain("captions.csv", "file,caption\nf8.png,eight\n");
        assertThatThrownBy(
                        () ->
                                CaptionedPictures.read(
                                        folder.resolve("no"), table, "file", "caption"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no: is no folder of pictures");
        assertThatThrownBy(() -> CaptionedPictures.read(folder, table, "file", "caption"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("there is no file 'f8.png'");
    }

    @ParameterizedTest
    @CsvSource({
        "labels.txt, 'rest\nmove\nrest\n'",
        "labels.csv, 'label,frame\nrest,f10.png\nmove,f9.png\nrest,f8.png\n'",
        "labels.tsv, 'frame\tlabel\nf8\trest\nf9\tmove\nf10\trest\n'"
    })
    void frames_have_labels_by_name_or_in_order(String name, String text) throws IOException {
        LabelledFrames labelled = LabelledFrames.read(frames, packed.plain(name, text));
        assertThat(labelled.labels()).containsExactly("rest", "move", "rest");
        assertThat(labelled.frames()).isEqualTo(PictureFolder.pictures(frames));
    }

    @ParameterizedTest
    @CsvSource({
        "labels.txt, 'rest\nmove\n', 'has 2 labels, but'",
        "labels.txt, 'rest\n\nmove\n', 'labels.txt, line 2: it is blank'",
        "labels.csv, 'frame,label\nf8.png,rest\nf9.png,rest\n', 'no label for f10.png'",
        "labels.csv, 'frame,label\nf8,a\nf9,a\nf10,a\nf11,a\n', 'no frame for f11 (line 5)'",
        "labels.csv, 'frame,label\nf8,a\nf9,a\nf8,b\n', 'a label in line 2 already'",
        "labels.csv, 'frame,label\nf8,a\nf9,\nf10,a\n', 'labels.csv:3: column'"
    })
    void a_gap_between_frames_and_labels_is_refused(String name, String text, String why) {
        Path labels = packed.plain(name, text);
        assertThatThrownBy(() -> LabelledFrames.read(frames, labels))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(why);
    }

    @Test
    void masks_belong_to_frames_of_the_same_name() throws IOException {
        for (String name : new String[] {"f8.gif", "f9.gif", "f10.gif"}) {
            packed.plain("masks/" + name, "mask");
        }
        Path masks = folder.resolve("masks");
        MaskedVideo video = MaskedVideo.of("v", frames, masks);
        assertThat(video.masks())
                .containsExactly(
                        masks.resolve("f8.gif"), masks.resolve("f9.gif"), masks.resolve("f10.gif"));
        Files.move(masks.resolve("f9.gif"), masks.resolve("g9.gif"));
        assertThatThrownBy(() -> MaskedVideo.of("v", frames, masks))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no mask for f9, no frame for g9");
    }

    @Test
    void a_folder_without_pictures_is_refused() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThatThrownBy(() -> PictureFolder.pictures(empty))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("has no picture");
        assertThatThrownBy(() -> PictureFolder.pictures(folder.resolve("no")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("cannot be listed");
    }
}
