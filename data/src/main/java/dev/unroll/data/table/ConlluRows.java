package dev.unroll.data.table;

import dev.unroll.data.DataException;
import dev.unroll.data.table.Table.Problem;
import dev.unroll.data.table.TableLines.Line;
import dev.unroll.data.table.TableReader.Item;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the sentences of CoNLL-U, one by one, whether or not their words have tags. */
final class ConlluRows implements RowSource {
    static final int FORM = 1;
    static final int UPOS = 3;
    static final int COLUMNS = 10;

    /** More lines than any sentence has, and few enough to be kept. */
    private static final int LONGEST = 20_000;

    private final Path file;
    private final TableLines lines;

    ConlluRows(Path file, TableLines lines) {
        this.file = file;
        this.lines = lines;
    }

    @Override
    public List<String> columns() {
        return List.of(ConlluRow.WORDS);
    }

    @Override
    public Optional<Item> next() throws DataException {
        List<String> written = new ArrayList<>();
        List<String> words = new ArrayList<>();
        long begin = 0;
        @Nullable Problem spoilt = null;
        for (Optional<Line> next = lines.next(); next.isPresent(); next = lines.next()) {
            Line line = next.get();
            if (line instanceof Line.Text(_, String text) && text.isBlank()) {
                if (spoilt != null || !words.isEmpty()) {
                    break;
                }
                continue;
            }
            begin = begin == 0 ? line.number() : begin;
            if (spoilt == null) {
                spoilt = add(line, written, words);
            }
        }
        if (spoilt != null) {
            return Optional.of(new Item.Refused(spoilt));
        }
        return words.isEmpty()
                ? Optional.empty()
                : Optional.of(new Item.Read(new ConlluRow(file, begin, written, words)));
    }

    private @Nullable Problem add(Line line, List<String> written, List<String> words) {
        if (written.size() == LONGEST) {
            return new Problem(
                    file,
                    line.number(),
                    "its sentence has more than %,d lines; a blank line ends a sentence"
                            .formatted(LONGEST));
        }
        return switch (line) {
            case Line.Unreadable(long number, String why) -> new Problem(file, number, why);
            case Line.Text(long number, String text) -> {
                written.add(text);
                String[] columns = text.split("\t", -1);
                if (text.startsWith("#")) {
                    yield null;
                } else if (columns.length != COLUMNS) {
                    yield new Problem(file, number, columns(columns.length));
                } else if (isWord(columns)) {
                    words.add(columns[FORM]);
                }
                yield columns[FORM].isBlank()
                        ? new Problem(file, number, "the word is blank")
                        : null;
            }
        };
    }

    /** Why a line is none of CoNLL-U. */
    static String columns(int count) {
        return "it has %d columns; a line of CoNLL-U has 10, with tabs between".formatted(count);
    }

    /** {@return whether a line is a word, and no multiword token (3-4) or empty node (8.1)} */
    static boolean isWord(String[] columns) {
        return !columns[0].matches("\\d+[-.]\\d+");
    }
}
