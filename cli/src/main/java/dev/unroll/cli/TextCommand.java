package dev.unroll.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * A sub-command that answers texts with a run's model.
 *
 * @param <I> what a text is read as
 * @param <T> the answer to it
 */
@Command(
        footerHeading = "%nTables:%n",
        footer = {
            "FILE may be a table (.csv, .tsv, .jsonl), a sentence or text a row, packed with gzip"
                    + " or not. The answer is then a table, too: the columns that were read and"
                    + " the answers behind them. Rows that cannot be used are left out, counted,"
                    + " and the first ten named by file and line; the exit code is 1 then."
        })
abstract class TextCommand<I, T> extends RowCommand<I, T> {
    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "TEXT|-|FILE",
            description =
                    "A text, a file or pipe with a text a line, a table, or - for standard input.")
    @Nullable String what;

    /** {@return the argument, or standard input if there is none} */
    final String what() {
        String given = what;
        return given == null ? "-" : given;
    }
}
