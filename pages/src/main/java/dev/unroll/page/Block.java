package dev.unroll.page;

import dev.unroll.chart.Chart;
import java.util.List;

/** A part of a {@link Page}. */
public sealed interface Block {

    /**
     * Text.
     *
     * @param markdown in Markdown (CommonMark); HTML in it is shown as it is written
     */
    record Text(String markdown) implements Block {}

    /**
     * A chart.
     *
     * @param name of its file, without an ending: letters, digits, and hyphens
     * @param chart to be drawn
     */
    record Figure(String name, Chart chart) implements Block {}

    /**
     * A table.
     *
     * @param header a name for each column
     * @param rows each as long as the header
     */
    record Table(List<String> header, List<List<String>> rows) implements Block {
        public Table {
            header = List.copyOf(header);
            rows = rows.stream().map(List::copyOf).toList();
            for (List<String> row : rows) {
                if (row.size() != header.size()) {
                    throw new IllegalArgumentException(
                            "a table with the columns %s has a row of %d cells"
                                    .formatted(header, row.size()));
                }
            }
        }
    }

    /**
     * Program text.
     *
     * @param language such as {@code java} or {@code text}
     * @param code shown as it is
     */
    record Code(String language, String code) implements Block {}

    /**
     * An image that is not a chart, as a PNG.
     *
     * @param name of its file, without an ending
     * @param title what it shows
     * @param png the file's bytes
     */
    record Image(String name, String title, byte[] png) implements Block {}

    /**
     * Blocks that are folded away until they are asked for.
     *
     * @param summary one line that is always seen
     * @param blocks what is folded away
     */
    record Folded(String summary, List<Block> blocks) implements Block {
        public Folded {
            blocks = List.copyOf(blocks);
        }
    }
}
