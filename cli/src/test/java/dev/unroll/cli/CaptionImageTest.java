package dev.unroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.formats.image.Colour;
import dev.unroll.formats.image.Image;
import dev.unroll.formats.image.ImageFile;
import dev.unroll.tasks.captioning.Caption;
import dev.unroll.tasks.captioning.Captioner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From a folder of your own images to captions, by commands alone. */
class CaptionImageTest {
    @TempDir static Path folder;
    private static Run training = new Run(-1, "", "");

    /** A bar on white, dark or light, lying or standing. */
    private static Image bar(boolean dark, boolean standing, int at) {
        float[] values = Image.filled(16, 16, Colour.WHITE).values();
        for (int along = 2; along < 14; along++) {
            for (int across = at; across < at + 4; across++) {
                int x = standing ? across : along;
                int y = standing ? along : across;
                for (int c = 0; c < 3; c++) {
                    values[(y * 16 + x) * 3 + c] = dark ? 0 : c == 0 ? 1 : 0.2f;
                }
            }
        }
        return new Image(16, 16, 3, values);
    }

    private static String name(boolean dark, boolean standing) {
        return (dark ? "a black bar" : "a red bar") + (standing ? " standing" : " lying");
    }

    @BeforeAll
    static void train_on_a_folder_of_your_own() throws IOException {
        Path images = Files.createDirectory(folder.resolve("images"));
        StringBuilder table = new StringBuilder("image,says\n");
        for (int i = 0; i < 132; i++) {
            boolean dark = i % 2 == 0;
            boolean standing = i % 4 < 2;
            ImageFile.write(images.resolve(i + ".png"), bar(dark, standing, 1 + i / 4 % 11));
            table.append("%d.png,%s%n".formatted(i, name(dark, standing)));
        }
        Files.writeString(images.resolve("broken.png"), "this is no image");
        table.append("broken.png,broken\nmissing.png,missing\n");
        Path captions = Files.writeString(folder.resolve("captions.csv"), table);
        Path recipe =
                Files.writeString(
                        folder.resolve("recipe.yaml"),
                        """
                        task: caption
                        data: {folder: '%s', captions: '%s', file: image, caption: says}
                        image: {size: 16, width: 32, stages: 2, dropout: 0, features: attend}
                        tokenizer: {kind: words}
                        model: {kind: gru, width: 16, hidden: 32, dropout: 0}
                        decoding: {batch: 2}
                        training: {epochs: 60, learningRate: 0.004, batchTokens: 60, schedule: {kind: cosine, warmup: 5}}
                        """
                                .formatted(images, captions));
        training = Run.of("train", recipe.toString(), "--run", run(), "--json");
    }

    private static String run() {
        return folder.resolve("run").toString();
    }

    private static String written(Image image) throws IOException {
        Path file = folder.resolve("asked.png");
        ImageFile.write(file, image);
        return file.toString();
    }

    @Test
    void rows_whose_images_cannot_be_read_are_told() {
        assertThat(training.exitCode()).as(training.err()).isZero();
        assertThat(training.err())
                .contains("captions.csv: 132 rows are used, 2 cannot be read:")
                .contains(
                        "captions.csv:134: %s: is not a PNG, JPEG, GIF or BMP image"
                                .formatted(folder.resolve("images").resolve("broken.png")))
                .contains("captions.csv:135: there is no file 'missing.png'");
    }

    @Test
    void images_of_any_size_get_the_captions_they_should() throws IOException {
        for (boolean dark : new boolean[] {true, false}) {
            for (boolean standing : new boolean[] {true, false}) {
                Image asked = bar(dark, standing, 6).resized(50, 50);
                Run caption = Run.of("caption", run(), written(asked));
                assertThat(caption.exitCode()).as(caption.err()).isZero();
                assertThat(caption.out().strip()).isEqualTo(name(dark, standing));
            }
        }
    }

    @Test
    void json_has_captions_and_scores() throws IOException {
        String file = written(bar(true, true, 6));
        Run captions =
                Run.of("caption", run(), file, file, file, file, file, "--beam", "3", "--json");

        assertThat(captions.exitCode()).as(captions.err()).isZero();
        JsonNode all = JsonMapper.shared().readTree(captions.out()).path("captions");
        assertThat(all.size()).isEqualTo(5);
        assertThat(all.get(1).path("caption").asString()).isEqualTo("a black bar standing");
        assertThat(all.get(1).path("score").asDouble()).isLessThan(0);
        assertThat(all.get(1).path("finished").asBoolean()).isTrue();
    }

    @Test
    void images_that_a_table_names_get_captions_in_a_table() throws IOException {
        written(bar(true, true, 6)); // asked.png beside the table
        Path table =
                Files.writeString(
                        folder.resolve("ask.csv"),
                        "n,image\n1,asked.png\n2,images/broken.png\n3,asked.png\n");
        Run captions = Run.of("caption", run(), table.toString());
        assertThat(captions.exitCode()).isEqualTo(1);
        assertThat(captions.out().lines().toList()).hasSize(3);
        assertThat(captions.out())
                .startsWith("n,image,caption,score,finished\n1,asked.png,a black bar standing,-");
        assertThat(captions.err()).contains("1 row was refused", "ask.csv:3: ", "broken.png");
        Path other = Files.writeString(folder.resolve("other.jsonl"), "{\"image\": \"0.png\"}\n");
        Run inFolder =
                Run.of("caption", run(), other.toString(), "--folder=" + folder.resolve("images"));
        assertThat(inFolder.exitCode()).as(inFolder.err()).isZero();
        assertThat(inFolder.out()).startsWith("{\"image\": \"0.png\",\"caption\":");
    }

    @Test
    void where_it_looked_is_drawn_once_for_each_word() throws IOException {
        Path drawn = folder.resolve("looks.png");
        String file = written(bar(true, true, 6));
        Run caption = Run.of("caption", run(), file, "--attention", drawn.toString());

        assertThat(caption.exitCode()).as(caption.err()).isZero();
        Image looks = ImageFile.read(drawn);
        assertThat(looks.height()).isEqualTo(128);
        assertThat(looks.width()).isEqualTo(5 * 136 - 8); // the image and four words
        assertThat(Run.of("caption", run(), file, file, "--attention", "x.png").exitCode())
                .isEqualTo(2);
    }

    @Test
    void an_image_that_cannot_be_read_costs_the_others_nothing() throws IOException {
        Path good = folder.resolve("good.png");
        ImageFile.write(good, bar(true, true, 6));
        Path bad = Files.writeString(folder.resolve("bad.png"), "no image");
        String[] files = {good.toString(), bad.toString(), "lost.png", good.toString()};
        Run people = Run.of("caption", run(), files[0], files[1], files[2], files[3]);
        Run programs = Run.of("caption", run(), files[0], files[1], files[2], files[3], "--json");

        assertThat(people.exitCode()).isEqualTo(1);
        assertThat(people.out().lines())
                .containsExactly(
                        files[0] + "\ta black bar standing", files[3] + "\ta black bar standing");
        assertThat(people.err().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("unroll caption: " + bad + ": is not"),
                        line ->
                                assertThat(line)
                                        .startsWith("unroll caption: lost.png: there is no such"));
        assertThat(programs.exitCode()).isEqualTo(1);
        assertThat(programs.err()).isEqualTo(people.err());
        JsonNode all = JsonMapper.shared().readTree(programs.out()).path("captions");
        assertThat(all.valueStream().map(one -> one.path("file").asString()))
                .containsExactly(files);
        assertThat(all.get(0).path("caption").asString()).isEqualTo("a black bar standing");
        assertThat(all.get(0).has("error")).isFalse();
        assertThat(all.get(1).path("error").asString()).contains("bad.png: is not a PNG");
        assertThat(all.get(1).has("caption")).isFalse();
        assertThat(all.get(2).path("error").asString()).contains("there is no such file");
        assertThat(all.get(3).path("caption").asString()).isEqualTo("a black bar standing");
    }

    @Test
    void where_a_model_looked_that_looks_once_is_not_drawn() throws IOException {
        String start = folder.resolve("start").toString();
        Run taught =
                Run.of(
                        "train",
                        folder.resolve("recipe.yaml").toString(),
                        "--run",
                        start,
                        "image.features=start",
                        "training.epochs=1");
        assertThat(taught.exitCode()).as(taught.err()).isZero();
        Path drawn = folder.resolve("once.png");
        String file = written(bar(true, true, 6));
        Run refused = Run.of("caption", start, file, "--attention", drawn.toString());

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err())
                .contains("looks at the image once, before it writes")
                .contains("image.features=attend");
        assertThat(drawn).doesNotExist();
        assertThat(Run.of("caption", start, file).exitCode()).isZero();
    }

    @Test
    void hostile_images_are_refused_with_a_clear_error() throws IOException {
        byte[] good = ImageFile.png(bar(true, true, 6));
        byte[] half = Arrays.copyOf(good, good.length / 2);
        byte[] huge = good.clone();
        huge[16] = 0x7f; // the first byte of the width
        for (byte[] hostile :
                List.of(new byte[0], half, huge, "text".getBytes(StandardCharsets.UTF_8))) {
            Path file = Files.write(folder.resolve("hostile.png"), hostile);
            Run caption = Run.of("caption", run(), file.toString());
            assertThat(caption.exitCode()).isEqualTo(1);
            assertThat(caption.out()).isEmpty();
            assertThat(caption.err())
                    .contains("hostile.png: ")
                    .doesNotContain("Exception")
                    .hasLineCount(1);
        }
    }

    @Test
    void the_run_is_measured_beside_the_nearest_image() {
        Run score = Run.of("evaluate", run(), "--json");

        assertThat(score.exitCode()).as(score.err()).isZero();
        JsonNode row = JsonMapper.shared().readTree(score.out()).findPath("tests").get(0);
        assertThat(row.path("model").path("exactMatch").asDouble()).isGreaterThan(0.6);
        assertThat(row.path("nearest").path("exactMatch").asDouble()).isBetween(0.0, 1.0);
    }

    @Test
    void many_threads_and_whole_batches_get_the_same_captions_as_one_by_one() throws IOException {
        Captioner captioner = Captioner.load(Path.of(run()));
        List<Image> images = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            images.add(bar(i % 2 == 0, i % 4 < 2, 1 + i / 4).resized(16 + i, 20));
        }
        List<String> alone = images.stream().map(p -> captioner.predict(p).text()).toList();

        assertThat(captioner.predictAll(images)).extracting(Caption::text).isEqualTo(alone);
        assertThat(
                        IntStream.range(0, 160)
                                .parallel()
                                .mapToObj(i -> captioner.predict(images.get(i % 40)).text())
                                .toList())
                .isEqualTo(IntStream.range(0, 160).mapToObj(i -> alone.get(i % 40)).toList());
    }

    @Test
    void another_tasks_command_refuses_the_run() {
        assertThat(Run.of("translate", run(), "hello there").err())
                .contains("another task: 'caption'");
    }
}
