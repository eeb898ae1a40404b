package dev.unroll.lab;

import dev.unroll.chart.Chart;
import dev.unroll.page.Block;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What an {@link Experiment} found, in the order in which it was added. */
public final class Finding {
    private final List<Block> blocks = new ArrayList<>();
    private final Map<String, String> numbers = new LinkedHashMap<>();
    private final List<Effect> effects = new ArrayList<>();

    /**
     * Something that was expected to be seen.
     *
     * @param claim a sentence that is true or false
     * @param holds whether it was seen in this run
     * @param timed whether it depends on times, which other work on the machine can change
     */
    public record Effect(String claim, boolean holds, boolean timed) {}

    /** Adds a chart. */
    public Finding chart(String name, Chart chart) {
        blocks.add(new Block.Figure(name, chart));
        return this;
    }

    /** Adds a table. */
    public Finding table(List<String> header, List<List<String>> rows) {
        blocks.add(new Block.Table(header, rows));
        return this;
    }

    /** Adds a sentence or two in Markdown, such as what to look for in the next chart. */
    public Finding text(String markdown) {
        blocks.add(new Block.Text(markdown));
        return this;
    }

    /** Adds text that is shown as it is, such as an error message. */
    public Finding output(String text) {
        blocks.add(new Block.Code("text", text));
        return this;
    }

    /** Adds a number, which the experiment's text can name as {@code {{key}}}; three digits. */
    public Finding number(String key, double value) {
        return number(key, digits(value));
    }

    /** Adds a number that is written already. */
    public Finding number(String key, String written) {
        if (numbers.putIfAbsent(key, written) != null) {
            throw new IllegalArgumentException("the number '" + key + "' is there already");
        }
        return this;
    }

    /** Adds something that was expected, and whether it was seen. */
    public Finding effect(String claim, boolean holds) {
        effects.add(new Effect(claim, holds, false));
        return this;
    }

    /**
     * Adds something that was expected of times, and whether it was seen. Tests do not require it,
     * because other work on the machine can change it.
     */
    public Finding timedEffect(String claim, boolean holds) {
        effects.add(new Effect(claim, holds, true));
        return this;
    }

    /** {@return charts, tables and texts} */
    public List<Block> blocks() {
        return List.copyOf(blocks);
    }

    /** {@return numbers by name, as they are written} */
    public Map<String, String> numbers() {
        return new LinkedHashMap<>(numbers);
    }

    /** {@return what was expected, and whether it was seen} */
    public List<Effect> effects() {
        return List.copyOf(effects);
    }

    /** {@return a number with three digits, and a power of ten where it is very small or large} */
    public static String digits(double value) {
        double size = Math.abs(value);
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "not a number" : value > 0 ? "infinite" : "-infinite";
        }
        if (size < 1e7 && value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        if (size >= 1e-3 && size < 1e7) {
            int digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
            return String.format(Locale.ROOT, "%,." + digits + "f", value);
        }
        return String.format(Locale.ROOT, "%.1e", value);
    }
}
