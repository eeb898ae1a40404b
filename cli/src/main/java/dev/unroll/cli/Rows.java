package dev.unroll.cli;

import dev.unroll.data.DataException;
import dev.unroll.data.table.TableReader;
import dev.unroll.data.table.TableReader.Item;
import dev.unroll.data.table.TableRow;
import dev.unroll.data.table.UnusableRowException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Goes through the rows of an input, a block at a time, so that no more than a block is in memory.
 * Rows that are there already are answered together; a pipe is not waited for to fill a block.
 *
 * @param reader of the rows
 * @param columns that are read
 * @param task what is done with them
 * @param refusals take the rows that cannot be used
 */
record Rows<I, T>(TableReader reader, List<String> columns, RowTask<I, T> task, Refusals refusals) {

    /** Characters of the rows of a block, after which no more are read. */
    private static final long MOST_CHARACTERS = 1 << 20;

    /**
     * Answers all rows.
     *
     * @param sink takes the answers, in order
     * @param after is told how many rows were answered, after each block
     * @return how many that were
     * @throws DataException if all rows had to be refused
     */
    long each(RowTask.Sink<T> sink, LongConsumer after) throws IOException {
        long answered = 0;
        boolean more = true;
        while (more) {
            List<TableRow> rows = new ArrayList<>();
            List<I> inputs = new ArrayList<>();
            more = read(rows, inputs);
            List<T> answers = rows.isEmpty() ? List.of() : task.answers(inputs);
            for (int i = 0; i < rows.size(); i++) {
                try {
                    sink.take(rows.get(i), answers.get(i));
                    answered++;
                } catch (UnusableRowException e) {
                    refusals.add(e.problem());
                }
            }
            after.accept(answered);
        }
        if (answered == 0 && refusals.count() > 0) {
            throw new DataException(
                    "none of %,d rows could be used: %s"
                            .formatted(refusals.count(), refusals.first().getFirst()));
        }
        return answered;
    }

    /** Reads a block; false if there is nothing behind it. */
    private boolean read(List<TableRow> rows, List<I> inputs) throws IOException {
        long characters = 0;
        do {
            Optional<Item> next = reader.next();
            if (next.isEmpty()) {
                return false;
            }
            switch (next.get()) {
                case Item.Refused refused -> refusals.add(refused.problem());
                case Item.Read(TableRow row) -> {
                    try {
                        inputs.add(task.input(row, columns));
                        rows.add(row);
                        characters += row.length();
                    } catch (UnusableRowException e) {
                        refusals.add(e.problem());
                    }
                }
            }
        } while (rows.size() < task.together() && characters < MOST_CHARACTERS && reader.ready());
        return true;
    }
}
