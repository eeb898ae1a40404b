package dev.unroll.data.table;

import java.nio.file.Path;
import java.util.List;

/**
 * A sentence of CoNLL-U.
 *
 * @param lines as they were written, comments too
 * @param words column FORM of the words, without multiword tokens and empty nodes
 */
record ConlluRow(Path file, long line, List<String> lines, List<String> words) implements TableRow {
    /** The one column. */
    static final String WORDS = "words";

    @Override
    public TableFormat format() {
        return TableFormat.CONLLU;
    }

    @Override
    public boolean isList(String column) {
        return true;
    }

    @Override
    public long length() {
        return lines.stream().mapToLong(String::length).sum();
    }

    @Override
    public List<String> columns() {
        return List.of(WORDS);
    }

    @Override
    public String text(String column) {
        return String.join(" ", words);
    }

    @Override
    public List<String> words(String column) {
        return words;
    }
}
