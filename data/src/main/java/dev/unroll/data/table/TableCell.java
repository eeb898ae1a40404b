package dev.unroll.data.table;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.Collectors;

/** A value that is written beside a table's own: as text in CSV and TSV, as such in JSON lines. */
public sealed interface TableCell {

    /** Nothing: empty in CSV and TSV, {@code null} in JSON lines. */
    TableCell NONE = new None();

    /** {@return the value as CSV and TSV have it} */
    String plain();

    /** No value. */
    record None() implements TableCell {
        @Override
        public String plain() {
            return "";
        }
    }

    /**
     * A text.
     *
     * @param value of any characters
     */
    record Text(String value) implements TableCell {
        @Override
        public String plain() {
            return value;
        }
    }

    /**
     * A number, written with at most six digits behind the point.
     *
     * @param value finite
     */
    record Decimal(double value) implements TableCell {
        private static final int DIGITS = 6;

        public Decimal {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("a number to be written is finite: " + value);
            }
        }

        /** {@return the number, rounded} */
        BigDecimal rounded() {
            BigDecimal rounded = new BigDecimal(value).setScale(DIGITS, RoundingMode.HALF_EVEN);
            return rounded.signum() == 0 ? BigDecimal.ZERO : rounded.stripTrailingZeros();
        }

        @Override
        public String plain() {
            return rounded().toPlainString();
        }
    }

    /**
     * Yes or no.
     *
     * @param value written as {@code true} or {@code false}
     */
    record Flag(boolean value) implements TableCell {
        @Override
        public String plain() {
            return Boolean.toString(value);
        }
    }

    /**
     * Several values: with spaces between them in CSV and TSV, an array in JSON lines.
     *
     * @param values in order
     */
    record Several(List<TableCell> values) implements TableCell {
        public Several {
            values = List.copyOf(values);
        }

        /**
         * {@return several texts}
         *
         * @param texts in order
         */
        public static Several of(List<String> texts) {
            return new Several(texts.stream().<TableCell>map(Text::new).toList());
        }

        @Override
        public String plain() {
            return values.stream().map(TableCell::plain).collect(Collectors.joining(" "));
        }
    }
}
