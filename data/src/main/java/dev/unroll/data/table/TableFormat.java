package dev.unroll.data.table;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The forms of files whose rows can be read, told by the endings of their names. */
public enum TableFormat {
    /** Commas between values, and double quotes round what holds commas or line ends (RFC 4180). */
    CSV("csv"),
    /** Tabs between values; a quote is a character like any other, and a line is a row. */
    TSV("tsv"),
    /** An object in each line. */
    JSONL("jsonl|ndjson"),
    /** Sentences with a word in each line (universaldependencies.org/format.html). */
    CONLLU("conllu"),
    /** A text in each line. */
    TEXT("txt|text");

    private static final String PACKED = ".gz";

    /** Separated by bars. */
    private final String endings;

    TableFormat(String endings) {
        this.endings = endings;
    }

    /**
     * {@return the form that a file's name tells, if it does}
     *
     * @param file of any name; an ending {@code .gz} behind the one that tells is passed over
     */
    public static Optional<TableFormat> of(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        String plain = isPacked(file) ? name.substring(0, name.length() - PACKED.length()) : name;
        return Arrays.stream(values())
                .filter(format -> plain.matches("(?s).*\\.(" + format.endings + ")"))
                .findFirst();
    }

    /**
     * {@return whether a file's name ends in {@code .gz}, as one packed with gzip does}
     *
     * @param file of any name
     */
    public static boolean isPacked(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(PACKED);
    }

    /** {@return whether its rows have columns: CSV, TSV and JSON lines} */
    public boolean isTable() {
        return this == CSV || this == TSV || this == JSONL;
    }
}
