package dev.unroll.tasks.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads sentences whose words have tags. Two forms, told by the file's name:
 *
 * <ul>
 *   <li>{@code .conllu}: CoNLL-U (universaldependencies.org/format.html); the word is column 2
 *       (FORM), the tag column 4 (UPOS). Comments, multiword tokens ({@code 3-4}) and empty nodes
 *       ({@code 8.1}) are passed over: their words have lines of their own.
 *   <li>any other: a word, a tab and a tag in each line.
 * </ul>
 *
 * <p>In both a blank line ends a sentence.
 */
public final class TaggedText {
    private static final String CONLLU = ".conllu";
    private static final int FORM = 1;
    private static final int UPOS = 3;
    private static final int COLUMNS = 10;

    private final TextLines lines;
    private final List<TaggedSentence> sentences = new ArrayList<>();
    private final List<String> words = new ArrayList<>();
    private final List<String> tags = new ArrayList<>();

    private TaggedText(TextLines lines) {
        this.lines = lines;
    }

    /**
     * All sentences of a file.
     *
     * @throws DataException if it cannot be read, has no sentence, or a line is malformed, with the
     *     file and the line's number
     */
    public static List<TaggedSentence> read(Path file) throws DataException {
        TaggedText text = new TaggedText(TextLines.of(file));
        boolean conllu = file.toString().endsWith(CONLLU);
        for (int i = 0; i < text.lines.count(); i++) {
            String line = text.lines.line(i);
            if (line.isBlank()) {
                text.end();
            } else if (conllu) {
                text.conllu(i, line);
            } else {
                text.pair(i, line);
            }
        }
        text.end();
        if (text.sentences.isEmpty()) {
            throw new DataException(
                    file + ": has no sentence; expected a word and its tag in each line");
        }
        return text.sentences;
    }

    private void conllu(int index, String line) throws DataException {
        if (line.startsWith("#")) {
            return;
        }
        String[] columns = line.split("\t", -1);
        if (columns.length != COLUMNS) {
            throw lines.malformed(
                    index,
                    "it has %d columns; a line of CoNLL-U has 10, with tabs between"
                            .formatted(columns.length));
        }
        if (columns[0].matches("\\d+[-.]\\d+")) {
            return;
        }
        add(index, columns[FORM], columns[UPOS]);
    }

    private void pair(int index, String line) throws DataException {
        String[] columns = line.split("\t", -1);
        if (columns.length != 2) {
            throw lines.malformed(
                    index,
                    "it has %d columns; expected a word, a tab and a tag"
                            .formatted(columns.length));
        }
        add(index, columns[0], columns[1]);
    }

    private void add(int index, String word, String tag) throws DataException {
        if (word.isBlank() || tag.isBlank()) {
            throw lines.malformed(index, "the " + (word.isBlank() ? "word" : "tag") + " is blank");
        }
        words.add(word);
        tags.add(tag);
    }

    private void end() {
        if (!words.isEmpty()) {
            sentences.add(new TaggedSentence(words, tags));
            words.clear();
            tags.clear();
        }
    }
}
