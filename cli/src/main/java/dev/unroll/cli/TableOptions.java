package dev.unroll.cli;

import dev.unroll.data.DataException;
import dev.unroll.data.table.TableFormat;
import dev.unroll.data.table.TableReader;
import dev.unroll.data.table.TableRow;
import dev.unroll.data.table.UnusableRowException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that read a table and write it with their answers. */
final class TableOptions {
    @Option(
            names = "--column",
            paramLabel = "NAME",
            description =
                    "The table's column to read; if left out, the one that the run was trained on,"
                            + " the one named text, or the only one. Of a command that reads two,"
                            + " give it twice.")
    List<String> column = List.of();

    @Option(
            names = "--format",
            paramLabel = "FORM",
            description = {
                "The form of what is read, one of csv, tsv, jsonl, conllu and text; if left out,"
                        + " told by the file's ending, and text where that does not. Each may be"
                        + " packed with gzip."
            })
    @Nullable TableFormat format;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = {
                "Write a table with the columns that were read and the answers behind them: CSV,"
                        + " TSV or JSON lines, by the ending, packed if .gz follows. The file is"
                        + " written whole or not at all."
            })
    @Nullable Path out;

    @Option(
            names = "--to",
            paramLabel = "FORM",
            description = {
                "The form of what is written, one of csv, tsv and jsonl; if left out, told by the"
                        + " ending of --out, and on standard output the form that was read."
            })
    @Nullable TableFormat to;

    @Option(
            names = "--prefix",
            paramLabel = "TEXT",
            description = "Stands before the names of the columns that are added.")
    String prefix = "";

    /** {@return whether the answers go into a table, of an input of this form} */
    boolean writesTable(TableFormat read) {
        return out != null || to != null || read != TableFormat.TEXT;
    }

    /** {@return the form to be written} */
    TableFormat written(TableFormat read) {
        if (to != null) {
            return to;
        }
        if (out == null) {
            return read == TableFormat.TEXT ? TableFormat.CSV : read;
        }
        Path file = out;
        return TableFormat.of(file)
                .filter(told -> told != TableFormat.TEXT)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        file
                                                + ": its ending tells no form to write; name it"
                                                + " .csv, .tsv or .jsonl, with .gz behind to pack"
                                                + " it, or say the form with --to"));
    }

    /**
     * The columns to read.
     *
     * @param input a table
     * @param there its columns
     * @param wanted what is to be read
     * @return the name of each
     * @throws DataException if one is not there, or not clear
     */
    List<String> columns(Input input, List<String> there, List<RowTask.Reads> wanted)
            throws DataException {
        return columns(input, there, wanted, column, "--column");
    }

    private static List<String> columns(
            Input input,
            List<String> there,
            List<RowTask.Reads> wanted,
            List<String> named,
            String option)
            throws DataException {
        List<String> read = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            read.add(
                    named.isEmpty()
                            ? known(input, there, wanted.get(i), wanted.size(), option)
                            : asked(input, there, named.get(i), option));
        }
        for (String name : read) {
            if (there.indexOf(name) != there.lastIndexOf(name)) {
                throw new DataException(
                        "%s: names the column '%s' twice; rename one of them"
                                .formatted(input.name(), name));
            }
        }
        return read;
    }

    private static String known(
            Input input, List<String> there, RowTask.Reads wanted, int columns, String option)
            throws DataException {
        return Stream.of(
                        wanted.trainedOn(),
                        Optional.of(wanted.usual()),
                        columns == 1 ? only(there) : Optional.<String>empty())
                .flatMap(Optional::stream)
                .filter(there::contains)
                .findFirst()
                .orElseThrow(
                        () ->
                                new DataException(
                                        (columns == 1
                                                        ? "%s: which column is to be read? Name it"
                                                                + " with %s; there are %s"
                                                        : "%s: which columns are to be read? Name"
                                                                + " them with %s, one after the"
                                                                + " other; there are %s")
                                                .formatted(input.name(), option, listed(there))));
    }

    private static String asked(Input input, List<String> there, String name, String option)
            throws DataException {
        if (!there.contains(name) && input.format() != TableFormat.JSONL) {
            throw new DataException(
                    "%s: has no column '%s'; there are %s; name one of them with %s"
                            .formatted(input.name(), name, listed(there), option));
        }
        return name;
    }

    private static Optional<String> only(List<String> columns) {
        return columns.size() == 1 ? Optional.of(columns.getFirst()) : Optional.empty();
    }

    private static String listed(List<String> columns) {
        return columns.isEmpty()
                ? "none"
                : columns.stream().limit(50).collect(Collectors.joining("', '", "'", "'"));
    }

    /**
     * {@return all texts of an input; rows that cannot be used are refused}
     *
     * @param named the column that is to be read, if it is named
     * @param option that names it
     */
    static List<String> texts(Input input, List<String> named, String option) throws IOException {
        List<String> texts = new ArrayList<>();
        try (TableReader reader = TableReader.of(input.name(), input.bytes(), input.format())) {
            String read =
                    columns(
                                    input,
                                    reader.columns(),
                                    List.of(new RowTask.Reads(Optional.empty(), ColumnTask.USUAL)),
                                    named,
                                    option)
                            .getFirst();
            for (Optional<TableReader.Item> next = reader.next();
                    next.isPresent();
                    next = reader.next()) {
                switch (next.get()) {
                    case TableReader.Item.Refused refused ->
                            throw new DataException(refused.problem().toString());
                    case TableReader.Item.Read(TableRow row) -> texts.add(row.text(read));
                }
            }
        } catch (UnusableRowException e) {
            throw new DataException(e.problem().toString());
        }
        return texts;
    }

    /**
     * The names of the columns that are added.
     *
     * @throws DataException if the table has one of them already
     */
    List<String> added(Input input, List<String> there, List<String> own) throws DataException {
        List<String> names = own.stream().map(name -> prefix + name).toList();
        for (String name : names) {
            if (there.contains(name)) {
                throw new DataException(
                        ("%s: has a column '%s' already, and the answers would be named so; put"
                                        + " something before their names, as in --prefix new_")
                                .formatted(input.name(), name));
            }
        }
        return names;
    }

    /** Refuses to write over the file that is read. */
    void requireOtherFile(Input input) throws IOException {
        if (out != null
                && input.file().isPresent()
                && Files.exists(out)
                && Files.isSameFile(out, input.file().get())) {
            throw new IllegalArgumentException(
                    out + " is the file that is read; name another for --out");
        }
    }
}
