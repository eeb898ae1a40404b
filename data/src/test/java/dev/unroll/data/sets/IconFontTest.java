package dev.unroll.data.sets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.unroll.data.sets.DrawingSet.Drawing;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class IconFontTest {

    @Test
    void every_glyph_is_drawn_with_its_name() throws IOException {
        List<Drawing> icons = IconFont.draw(24);

        assertThat(icons).hasSize(7_447);
        Drawing square =
                icons.stream().filter(i -> i.name().equals("square")).findFirst().orElseThrow();
        // By the font's own grid of 24: a square from 3 to 21.
        assertThat(square.image().at(12, 12, 0)).isEqualTo(0);
        assertThat(square.image().at(3, 12, 0)).isEqualTo(0);
        assertThat(square.image().at(20, 12, 0)).isEqualTo(0);
        assertThat(square.image().at(2, 12, 0)).isEqualTo(1);
        assertThat(square.image().at(12, 21, 0)).isEqualTo(1);
    }

    @Test
    void sizes_that_make_no_sense_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IconFont.draw(100_000))
                .withMessageContaining("8 to 256 pixels, not 100000");
    }
}
