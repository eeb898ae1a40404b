package dev.unroll.cli;

import dev.unroll.data.table.TableFormat;
import dev.unroll.data.table.TableReader;
import dev.unroll.formats.files.Gzip;
import dev.unroll.formats.files.WholeFile;
import java.io.BufferedWriter;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongConsumer;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/**
 * A sub-command that answers the rows of an input with a run's model: to people as soon as an
 * answer is there, with {@code --json} all as one object, or as a table.
 *
 * @param <I> what a row is read as
 * @param <T> the answer to it
 */
abstract class RowCommand<I, T> extends RunCommand {
    @Mixin TableOptions table = new TableOptions();

    /**
     * The answer of a command that wrote a table of answers into a file.
     *
     * @param out the file
     * @param rows how many were answered
     * @param refused how many were not
     * @param problems the first of these, by file and line
     */
    record Written(String out, long rows, long refused, List<String> problems) {}

    /** Shows an answer to people. */
    abstract void show(T one);

    /** Refuses options whose answers a table cannot hold. */
    void requireFitForTables() {}

    /**
     * Answers all rows.
     *
     * @param what the argument that names the input
     * @param all answers as the JSON object
     * @return the exit code: 1 if rows were refused
     */
    final int answer(String what, RowTask<I, T> task, Function<List<T>, Record> all)
            throws IOException {
        int named = table.column.size();
        if (named > 0 && named != task.reads().size()) {
            throw wrongUsage(
                    "--column is given %d times, and %d columns are read"
                            .formatted(named, task.reads().size()));
        }
        Refusals refusals = new Refusals();
        try (Input input = Input.of(what, table.format)) {
            if (task.reads().size() > 1 && !input.format().isTable()) {
                throw new IllegalArgumentException(
                        input.name()
                                + ": give two texts, or a table with two columns (.csv, .tsv, .jsonl;"
                                + " else say its form with --format)");
            }
            TableFormat format = table.written(input.format());
            boolean writes = table.writesTable(input.format()) && !(answer.json && !hasOut());
            if (writes) {
                requireFitForTables();
            }
            table.requireOtherFile(input);
            try (TableReader reader = TableReader.of(input.name(), input.bytes(), input.format())) {
                List<String> columns = reader.columns();
                List<String> read = table.columns(input, columns, task.reads());
                Rows<I, T> rows = new Rows<>(reader, read, task, refusals);
                Path out = table.out;
                if (!writes) {
                    say(rows, all);
                } else {
                    List<String> added = table.added(input, columns, task.columns());
                    if (out == null) {
                        PrintWriter to = answer.command.commandLine().getOut();
                        rows.each(task.sink(format, to, columns, added), _ -> to.flush());
                        to.flush();
                    } else {
                        write(
                                out,
                                input,
                                rows,
                                to -> task.sink(format, to, columns, added),
                                refusals);
                    }
                }
            }
        }
        if (refusals.count() > 0) {
            err().println(refusals.told());
            return Unroll.FAILED;
        }
        return 0;
    }

    private boolean hasOut() {
        return table.out != null;
    }

    private void say(Rows<I, T> rows, Function<List<T>, Record> all) throws IOException {
        if (!answer.json) {
            rows.each((_, one) -> show(one), _ -> {});
            return;
        }
        List<T> found = new ArrayList<>();
        rows.each((_, one) -> found.add(one), _ -> {});
        answer.give(all.apply(found), "");
    }

    /** Begins what takes the answers. */
    @FunctionalInterface
    private interface Begin<T> {
        RowTask.Sink<T> on(Appendable out) throws IOException;
    }

    private void write(Path out, Input input, Rows<I, T> rows, Begin<T> begin, Refusals refusals)
            throws IOException {
        long[] answered = {0};
        try (View view = new View(input)) {
            WholeFile.write(
                    out,
                    bytes -> {
                        OutputStream packed =
                                TableFormat.isPacked(out)
                                        ? Gzip.packing(new Unclosed(bytes))
                                        : new Unclosed(bytes);
                        try (Writer text =
                                new BufferedWriter(
                                        new OutputStreamWriter(packed, StandardCharsets.UTF_8))) {
                            answered[0] = rows(rows, begin.on(text), view);
                        }
                    });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        answer.give(
                new Written(out.toString(), answered[0], refusals.count(), refusals.first()),
                "%,d rows in %s".formatted(answered[0], out));
    }

    /** A failure to read is not one to write, as which it would be told. */
    private long rows(Rows<I, T> rows, RowTask.Sink<T> sink, LongConsumer view) throws IOException {
        try {
            return rows.each(
                    (row, one) -> {
                        try {
                            sink.take(row, one);
                        } catch (IOException e) {
                            throw new Unwritable(e);
                        }
                    },
                    view);
        } catch (Unwritable e) {
            throw e.why;
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A stream that somebody else closes. */
    private static final class Unclosed extends FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }

    /** A row could not be written. */
    private static final class Unwritable extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient IOException why;

        Unwritable(IOException why) {
            super(why);
            this.why = why;
        }
    }

    /** A bar of the bytes that were read, on a terminal. */
    private static final class View implements LongConsumer, AutoCloseable {
        private final Input input;
        private final @Nullable ProgressBar bar;

        View(Input input) {
            this.input = input;
            this.bar =
                    Bars.shown()
                            ? Bars.of(input.name().toString(), input.size())
                                    .setUnit(" kB", 1_000)
                                    .build()
                            : null;
        }

        @Override
        public void accept(long rows) {
            if (bar != null) {
                bar.stepTo(input.bytes().count());
                bar.setExtraMessage(" %,d rows".formatted(rows));
            }
        }

        @Override
        public void close() {
            if (bar != null) {
                bar.close();
            }
        }
    }
}
