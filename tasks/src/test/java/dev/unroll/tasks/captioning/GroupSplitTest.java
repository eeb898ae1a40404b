package dev.unroll.tasks.captioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.data.sets.DrawingSet.Drawing;
import dev.unroll.data.sets.IconFont;
import dev.unroll.formats.image.Colour;
import dev.unroll.formats.image.Image;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GroupSplitTest {

    /** A wedge: no way of turning it leaves it as it is. */
    private static Image wedge(int size, int left, int top, float dark) {
        float[] values = Image.filled(size, size, Colour.WHITE).grey().values();
        for (int y = 0; y < 30; y++) {
            for (int x = 0; x <= y / 2; x++) {
                values[(top + y) * size + left + x] = 1 - dark;
            }
        }
        return new Image(size, size, 1, values);
    }

    private static Image quarterTurn(Image p) {
        float[] values = new float[p.values().length];
        for (int y = 0; y < p.height(); y++) {
            for (int x = 0; x < p.width(); x++) {
                values[x * p.width() + p.width() - 1 - y] = p.at(x, y, 0);
            }
        }
        return new Image(p.width(), p.height(), 1, values);
    }

    private static Image blot(int seed) {
        Random random = new Random(seed);
        float[] values = new float[400];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(2);
        }
        return new Image(20, 20, 1, values);
    }

    @Test
    void moved_darker_larger_turned_and_mirrored_copies_are_found() {
        Image wedge = wedge(48, 2, 2, 0.5f);
        List<Image> images =
                List.of(
                        wedge,
                        blot(1),
                        wedge(64, 11, 17, 1),
                        quarterTurn(wedge),
                        wedge.resized(110, 110),
                        blot(2));

        assertThat(NearCopies.among(images))
                .extracting(p -> p.first() + "~" + p.second())
                .containsExactlyInAnyOrder("0~2", "0~3", "0~4", "2~3", "2~4", "3~4");
    }

    @Test
    void white_images_are_no_trouble() {
        Image white = Image.filled(9, 9, Colour.WHITE);

        assertThat(NearCopies.among(List.of(white, blot(3), white))).hasSize(1);
    }

    @Test
    void neither_names_nor_drawings_of_one_group_are_on_two_sides() throws IOException {
        List<Drawing> icons =
                IconFont.draw(24).stream().filter(i -> i.name().compareTo("c") < 0).toList();
        List<String> keys = icons.stream().map(Drawing::family).toList();
        List<Image> images = icons.stream().map(Drawing::image).toList();

        GroupSplit held = GroupSplit.of(keys, images, 0.1, 0.2, 7);

        assertThat(
                        Stream.of(held.training(), held.validation(), held.test())
                                .flatMap(List::stream)
                                .sorted())
                .containsExactlyElementsOf(IntStream.range(0, icons.size()).boxed().toList());
        assertThat(held.test().size()).isBetween(icons.size() / 5, icons.size() / 5 + 30);
        assertThat(held.validation().size()).isBetween(icons.size() / 10, icons.size() / 10 + 30);
        int[] side = new int[icons.size()];
        held.validation().forEach(i -> side[i] = 1);
        held.test().forEach(i -> side[i] = 2);
        for (int i = 0; i < icons.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (keys.get(i).equals(keys.get(j))) {
                    assertThat(side[i]).isEqualTo(side[j]);
                }
            }
        }
        assertThat(NearCopies.among(images))
                .hasSizeGreaterThan(100)
                .allSatisfy(pair -> assertThat(side[pair.first()]).isEqualTo(side[pair.second()]));
    }

    @Test
    void the_seed_alone_decides_the_split() {
        List<Image> images = IntStream.range(0, 100).mapToObj(GroupSplitTest::blot).toList();
        List<String> keys = IntStream.range(0, 100).mapToObj(String::valueOf).toList();

        GroupSplit held = GroupSplit.of(keys, images, 0.1, 0.2, 1);

        assertThat(held.test()).hasSize(20);
        assertThat(GroupSplit.of(keys, images, 0.1, 0.2, 1)).isEqualTo(held);
        assertThat(GroupSplit.of(keys, images, 0.1, 0.2, 2)).isNotEqualTo(held);
    }

    @Test
    void a_drawing_with_many_variants_is_learnt() {
        List<Image> images = Collections.nCopies(60, wedge(48, 2, 2, 1));
        List<String> keys = IntStream.range(0, 60).mapToObj(String::valueOf).toList();

        assertThat(GroupSplit.of(keys, images, 0.1, 0.2, 1).training()).hasSize(60);
    }
}
