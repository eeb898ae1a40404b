package dev.unroll.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.DataException;
import dev.unroll.data.sets.Packed;
import dev.unroll.data.table.CaptionedImages.CaptionedImage;
import dev.unroll.formats.image.Image;
import dev.unroll.formats.image.ImageException;
import dev.unroll.formats.image.ImageFile;
import dev.unroll.formats.image.ImageFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnImagesTest {

    private static final Image GREY = new Image(4, 4, 1, new float[16]);

    @TempDir Path folder;

    private Packed packed;
    private Path frames;

    @BeforeEach
    void makeFrames() {
        packed = new Packed(folder);
        for (int i : new int[] {10, 9, 8}) {
            packed.plain("frames/f" + i + ".png", "image");
        }
        packed.plain("frames/notes.txt", "no image");
        frames = folder.resolve("frames");
    }

    @Test
    void images_come_in_the_order_of_their_numbers() throws IOException {
        assertThat(ImageFolder.images(frames))
                .containsExactly(
                        frames.resolve("f8.png"),
                        frames.resolve("f9.png"),
                        frames.resolve("f10.png"));
    }

    @Test
    void captions_find_their_images_and_bad_rows_are_told() throws IOException {
        ImageFile.write(frames.resolve("f8.png"), GREY);
        ImageFile.write(frames.resolve("f9.png"), GREY);
        byte[] png = ImageFile.png(GREY);
        Files.write(frames.resolve("f10.png"), Arrays.copyOf(png, png.length - 20));
        Path table =
                packed.plain(
                        "captions.csv",
                        "caption,file\n"
                                + "eight,f8.png\n".repeat(48)
                                + "\"nine, too\",f9.png\nten,f10.png\neight again,./f8.png\n"
                                + "lost,f7.png\nlonely\noutside,../captions.csv\nx,f10.png\n");
        CaptionedImages captions =
                CaptionedImages.read(
                        frames, table, "file", "caption", image -> image.resized(2, 2));
        assertThat(captions.images())
                .extracting(CaptionedImage::file)
                .containsExactly(frames.resolve("f8.png"), frames.resolve("f9.png"));
        assertThat(captions.images().getFirst().captions()).hasSize(49).endsWith("eight again");
        assertThat(captions.images().getLast().captions()).containsExactly("nine, too");
        assertThat(captions.images().getLast().image().width()).isEqualTo(2);
        String cut = frames.resolve("f10.png") + ": ends before the image does; copy or";
        assertThat(captions.remarks()).hasSize(6);
        assertThat(captions.remarks().getFirst())
                .endsWith("captions.csv: 50 rows are used, 5 cannot be read:");
        assertThat(captions.remarks().get(1)).contains("captions.csv:51: " + cut);
        assertThat(captions.remarks().get(2)).contains("captions.csv:53: there is no file 'f7.png");
        assertThat(captions.remarks().get(3)).contains("captions.csv:54: it has 1 columns");
        assertThat(captions.remarks().get(4))
                .contains("captions.csv:55: there is no file '../capt");
        assertThat(captions.remarks().get(5)).contains("captions.csv:56: " + cut);
    }

    @Test
    void too_many_rows_with_images_that_cannot_be_read_are_refused() throws IOException {
        ImageFile.write(frames.resolve("f8.png"), GREY);
        Path table = packed.plain("captions.csv", "file,caption\nf8.png,eight\nf9.png,nine\n");
        assertThatThrownBy(() -> read(frames, table))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("1 of 2 rows cannot be read")
                .hasMessageContaining("captions.csv:3: " + frames.resolve("f9.png"));
    }

    private static CaptionedImages read(Path folder, Path table) throws DataException {
        return CaptionedImages.read(folder, table, "file", "caption", image -> image);
    }

    @Test
    void captions_of_a_folder_that_is_not_there_are_refused() {
        Path table = packed.plain("captions.csv", "file,caption\nf8.png,eight\n");
        assertThatThrownBy(() -> read(folder.resolve("no"), table))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no: is no folder of images");
        assertThatThrownBy(() -> read(folder, table))
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
        LabelledFrames labelled =
                LabelledFrames.read(frames, packed.plain(name, text), "frame", "label");
        assertThat(labelled.labels()).containsExactly("rest", "move", "rest");
        assertThat(labelled.frames()).isEqualTo(ImageFolder.images(frames));
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
        assertThatThrownBy(() -> LabelledFrames.read(frames, labels, "frame", "label"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(why);
    }

    @Test
    void labels_are_in_the_columns_that_are_named() throws IOException {
        Path table = packed.plain("l.csv", "label,phase,shot\nx,a,f8\nx,b,f9\nx,c,f10\n");
        assertThat(LabelledFrames.read(frames, table, "shot", "phase").labels())
                .containsExactly("a", "b", "c");
        assertThatThrownBy(() -> LabelledFrames.read(frames, table, "frame", "phase"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("'frame'");
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
    void a_folder_without_images_is_refused() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThatThrownBy(() -> ImageFolder.images(empty))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("has no image");
        assertThatThrownBy(() -> ImageFolder.images(folder.resolve("no")))
                .isInstanceOf(ImageException.class)
                .hasMessage("there is no folder " + folder.resolve("no"));
    }

    @Test
    void a_file_that_is_not_there_is_named_without_names_of_classes() {
        Path none = folder.resolve("none.csv");
        assertThatThrownBy(() -> Table.read(none, List.of("label")))
                .isInstanceOf(DataException.class)
                .hasMessage("there is no file " + none);
        assertThatThrownBy(() -> LabelledFrames.read(frames, folder.resolve("l.txt"), "f", "l"))
                .isInstanceOf(DataException.class)
                .hasMessage("there is no file " + folder.resolve("l.txt"));
        assertThatThrownBy(
                        () ->
                                Table.read(
                                        Files.createDirectory(folder.resolve("of.csv")),
                                        List.of("label")))
                .isInstanceOf(DataException.class)
                .hasMessageMatching(".*of.csv: cannot be read: [^.]*");
    }
}
