package dev.unroll.data.sets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.DataException;
import dev.unroll.data.sets.LabelledVideoSet.Recording;
import dev.unroll.data.table.TextLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GesturePhasesTest {

    private static final List<String> WORDS =
            List.of("Rest", "Rest", "Rest", "Rest", "Preparação", "Stroke", "Hold", "Retraction");
    private static final List<String> LETTERS = List.of("P", "S", "H", "R");

    @TempDir Path folder;

    @Test
    void both_forms_give_the_frames_that_both_tables_have() throws IOException {
        Packed tables = new Packed(folder.resolve("tables"));
        Map<String, String> entries = new LinkedHashMap<>();
        for (String video : GesturePhases.VIDEOS) {
            tables.plain("gesture-phase/" + video + "_raw.csv", raw(WORDS));
            tables.plain("gesture-phase/" + video + "_va3.csv", motion(LETTERS));
            entries.put("dataset/" + video + "_raw.csv", raw(WORDS));
            entries.put("dataset/" + video + "_va3.csv", motion(LETTERS));
        }
        Packed published = new Packed(folder.resolve("published"));
        published.zip("gesture-phase/gesture_phase_segmentation.zip", entries);
        for (Packed packed : List.of(tables, published)) {
            List<Recording> videos = new GesturePhases().recordings(packed.files());
            assertThat(videos)
                    .extracting(Recording::name)
                    .containsExactlyElementsOf(GesturePhases.VIDEOS);
            Recording video = videos.get(3);
            assertThat(video.group()).isEqualTo("b");
            assertThat(video.labels())
                    .containsExactly("preparation", "stroke", "hold", "retraction");
            assertThat(video.rows()).hasDimensions(4, 18);
            assertThat(video.rows()[0][17]).isEqualTo(4.17f); // frame 4 is the first with motion
        }
    }

    @Test
    void tables_that_disagree_on_a_phase_are_refused() {
        assertThatThrownBy(() -> join(raw(WORDS), motion(List.of("P", "S", "S", "R"))))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("a1_va3.csv, line 4: its phase is 'S'", "'Hold'");
    }

    @Test
    void tables_of_other_lengths_do_not_belong_together() {
        assertThatThrownBy(() -> join(raw(WORDS), motion(List.of("P", "S", "H"))))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("a1_raw.csv has 9 lines", "a1_va3.csv 4");
        assertThatThrownBy(() -> join("", ""))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a1_raw.csv has 0 lines");
    }

    @Test
    void what_is_no_number_or_no_phase_is_refused_by_line() {
        assertThatThrownBy(() -> join(raw(WORDS).replace("5.03", "NaN"), motion(LETTERS)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a1_raw.csv, line 7: column 4 is 'NaN', not a number");
        assertThatThrownBy(() -> join(raw(WORDS).replace("Stroke", "Strike"), motion(LETTERS)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a1_raw.csv, line 7: 'Strike' is no phase");
        assertThatThrownBy(() -> join(raw(WORDS).replace(",1005,", ","), motion(LETTERS)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a1_raw.csv, line 7: it has 19 columns, not 20");
    }

    private Recording join(String raw, String motion) throws IOException {
        Packed packed = new Packed(folder);
        return GestureTables.join(
                "a1",
                TextLines.of(packed.plain("a1_raw.csv", raw)),
                TextLines.of(packed.plain("a1_va3.csv", motion)));
    }

    private static String raw(List<String> phases) {
        return table(
                18,
                "",
                IntStream.range(0, phases.size())
                        .mapToObj(frame -> (1000 + frame) + "," + phases.get(frame))
                        .toList());
    }

    private static String motion(List<String> phases) {
        return table(32, "-", phases);
    }

    /** The number in a frame's column is frame.column. */
    private static String table(int columns, String sign, List<String> ends) {
        return IntStream.range(0, ends.size())
                .mapToObj(
                        frame ->
                                IntStream.range(0, columns)
                                        .mapToObj(i -> "%s%d.%02d,".formatted(sign, frame, i))
                                        .collect(Collectors.joining("", "", ends.get(frame))))
                .collect(Collectors.joining("\n", "the header\n", "\n"));
    }
}
