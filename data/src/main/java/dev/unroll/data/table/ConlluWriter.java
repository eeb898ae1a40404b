package dev.unroll.data.table;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;

/**
 * Writes tagged sentences as CoNLL-U (universaldependencies.org/format.html): the tag is UPOS, and
 * its probability stands in MISC. A sentence that was read from CoNLL-U keeps all else that it has.
 */
public final class ConlluWriter {
    private static final String EMPTY = "_";
    private static final int MISC = 9;

    private final Appendable out;

    /**
     * A word with its tag.
     *
     * @param form the word
     * @param tag the tag
     * @param probability of the tag, 0 to 1
     */
    public record Word(String form, String tag, double probability) {
        private String misc(String other) {
            BigDecimal rounded = new TableCell.Decimal(probability).rounded();
            String own = "Probability=" + rounded.toPlainString();
            return other.equals(EMPTY) ? own : other + "|" + own;
        }
    }

    /**
     * Writes to a stream.
     *
     * @param out where to write; is not closed
     */
    public ConlluWriter(Appendable out) {
        this.out = out;
    }

    /**
     * Writes the sentences of a row.
     *
     * @param row that was read
     * @param sentences their words; of a row of CoNLL-U its own, in order
     * @throws UnusableRowException if the form cannot hold a word
     * @throws IOException if they cannot be written
     */
    public void write(TableRow row, List<List<Word>> sentences)
            throws UnusableRowException, IOException {
        for (List<Word> sentence : sentences) {
            for (Word word : sentence) {
                if (word.form().isBlank() || word.form().indexOf('\t') >= 0) {
                    throw new UnusableRowException(
                            row.problem("a word is blank or has a tab, which CoNLL-U cannot have"));
                }
            }
        }
        if (row instanceof ConlluRow read) {
            again(read, sentences.stream().flatMap(List::stream).toList());
            return;
        }
        for (List<Word> sentence : sentences) {
            int id = 0;
            for (Word word : sentence) {
                id++;
                out.append(
                        String.join(
                                "\t",
                                Integer.toString(id),
                                word.form(),
                                EMPTY,
                                word.tag(),
                                EMPTY,
                                EMPTY,
                                EMPTY,
                                EMPTY,
                                EMPTY,
                                word.misc(EMPTY)));
                out.append('\n');
            }
            out.append('\n');
        }
    }

    private void again(ConlluRow read, List<Word> words) throws IOException {
        Iterator<Word> next = words.iterator();
        for (String line : read.lines()) {
            String[] columns = line.split("\t", -1);
            if (!line.startsWith("#") && ConlluRows.isWord(columns)) {
                Word word = next.next();
                columns[ConlluRows.UPOS] = word.tag();
                columns[MISC] = word.misc(columns[MISC]);
            }
            out.append(String.join("\t", columns)).append('\n');
        }
        out.append('\n');
    }
}
