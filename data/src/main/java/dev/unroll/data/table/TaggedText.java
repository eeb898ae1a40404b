package dev.unroll.data.table;

import dev.unroll.data.DataException;
import dev.unroll.data.TaggedSentence;
import dev.unroll.data.table.Table.Problem;
import dev.unroll.data.table.TableLines.Line;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sentences whose words have tags, from a {@linkplain #of(Path, String, String) table} with a
 * sentence a row, or from a file in one of two forms, told by its name:
 *
 * <ul>
 *   <li>{@code .conllu}: CoNLL-U (universaldependencies.org/format.html); the word is column 2
 *       (FORM), the tag column 4 (UPOS). Comments, multiword tokens ({@code 3-4}) and empty nodes
 *       ({@code 8.1}) are passed over: their words have lines of their own.
 *   <li>any other: a word, a tab and a tag in each line.
 * </ul>
 *
 * <p>In both a blank line ends a sentence. A sentence with a line that cannot be read is left out,
 * and that line is a problem with its number.
 *
 * @param file where they are from
 * @param sentences all that can be read
 * @param problems the line that spoils each of the others, or their rows
 */
public record TaggedText(Path file, List<TaggedSentence> sentences, List<Problem> problems) {
    public TaggedText {
        sentences = List.copyOf(sentences);
        problems = List.copyOf(problems);
    }

    /**
     * Reads a file of your own.
     *
     * @throws DataException if it cannot be read, has no sentence, or more than a tenth of them
     *     cannot be read
     */
    public static TaggedText of(Path file) throws DataException {
        TaggedText text = new Reading(file).all();
        text.unreadable().requireFew(Table.TOLERANCE);
        return text;
    }

    /**
     * Reads a table of your own, CSV, TSV or JSON lines, with a sentence a row.
     *
     * @param words the column of the words, with white space between; in JSON lines an array, too
     * @param tags the column of the tags, as many as words, written in the same way
     * @throws DataException if it cannot be read, has no such columns, or more than a tenth of its
     *     rows cannot be read
     */
    public static TaggedText of(Path file, String words, String tags) throws DataException {
        Table table = Table.readLists(file, List.of(words, tags));
        List<TaggedSentence> sentences = new ArrayList<>();
        List<Problem> strange = new ArrayList<>();
        for (Table.Row row : table.rows()) {
            List<String> some = List.of(row.value(0).strip().split("\\s+"));
            List<String> theirs = List.of(row.value(1).strip().split("\\s+"));
            if (some.size() == theirs.size()) {
                sentences.add(new TaggedSentence(some, theirs));
            } else {
                strange.add(
                        row.problem(
                                "it has %d words in '%s' and %d tags in '%s'; each word has one tag"
                                        .formatted(some.size(), words, theirs.size(), tags)));
            }
        }
        return new TaggedText(file, sentences, table.without(strange, Table.TOLERANCE).problems());
    }

    /**
     * All sentences of a published file.
     *
     * @throws DataException if it cannot be read, has no sentence, or a line is malformed, with the
     *     file and the line's number
     */
    public static List<TaggedSentence> read(Path file) throws DataException {
        TaggedText text = new Reading(file).all();
        if (!text.problems().isEmpty()) {
            throw new DataException(
                    text.problems().getFirst() + "; delete the file and fetch it again");
        }
        text.unreadable().requireFew(0);
        return text.sentences();
    }

    /** {@return the number of sentences that cannot be read, and the first ten, for people} */
    public List<String> remarks() {
        return unreadable().remarks();
    }

    private RowErrors unreadable() {
        return new RowErrors(file, "sentences", sentences.size(), problems);
    }

    /** A file that is being read. */
    private static final class Reading {
        private static final String NAME_COLUMNS =
                ", or a table's columns named in 'data.text' and 'data.tags'";

        private final Path file;
        private final boolean conllu;
        private final boolean table;
        private final List<TaggedSentence> sentences = new ArrayList<>();
        private final List<Problem> problems = new ArrayList<>();
        private final List<String> words = new ArrayList<>();
        private final List<String> tags = new ArrayList<>();
        private @Nullable Problem spoilt;

        Reading(Path file) {
            this.file = file;
            Optional<TableFormat> format = TableFormat.of(file);
            this.conllu = format.filter(TableFormat.CONLLU::equals).isPresent();
            this.table =
                    format.filter(f -> f == TableFormat.CSV || f == TableFormat.JSONL).isPresent();
        }

        TaggedText all() throws DataException {
            try (TableLines lines = TableLines.of(file)) {
                for (Optional<Line> line = lines.next(); line.isPresent(); line = lines.next()) {
                    read(line.get());
                }
                if (lines.isEmpty()) {
                    throw new DataException(file + ": is empty");
                }
            } catch (IOException e) {
                throw DataException.unreadable(file, e);
            }
            end();
            return new TaggedText(file, sentences, problems);
        }

        private void read(Line line) {
            switch (line) {
                case Line.Unreadable(long number, String why) -> spoil(number, why);
                case Line.Text(long number, String text) -> {
                    if (text.isBlank()) {
                        end();
                    } else if (!conllu) {
                        pair(number, text.split("\t", -1));
                    } else if (!text.startsWith("#")) {
                        conllu(number, text.split("\t", -1));
                    }
                }
            }
        }

        private void conllu(long number, String[] columns) {
            if (columns.length != ConlluRows.COLUMNS) {
                spoil(number, ConlluRows.columns(columns.length));
            } else if (ConlluRows.isWord(columns)) {
                if (columns[ConlluRows.UPOS].equals("_")) {
                    spoil(
                            number,
                            "the tag of '%s' is _, which in CoNLL-U means that none is given"
                                    .formatted(columns[ConlluRows.FORM]));
                }
                add(number, columns[ConlluRows.FORM], columns[ConlluRows.UPOS]);
            }
        }

        private void pair(long number, String[] columns) {
            if (columns.length == 2) {
                add(number, columns[0], columns[1]);
            } else {
                spoil(
                        number,
                        "it has %d columns; expected a word, a tab and a tag%s"
                                .formatted(columns.length, table ? NAME_COLUMNS : ""));
            }
        }

        private void add(long number, String word, String tag) {
            if (word.isBlank() || tag.isBlank()) {
                spoil(number, "the " + (word.isBlank() ? "word" : "tag") + " is blank");
            }
            words.add(word);
            tags.add(tag);
        }

        private void spoil(long number, String why) {
            if (spoilt == null) {
                spoilt = new Problem(file, number, why);
            }
        }

        private void end() {
            if (spoilt != null) {
                problems.add(spoilt);
            } else if (!words.isEmpty()) {
                sentences.add(new TaggedSentence(words, tags));
            }
            spoilt = null;
            words.clear();
            tags.clear();
        }
    }
}
