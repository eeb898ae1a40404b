package dev.unroll.data.table;

import dev.unroll.data.DataException;
import dev.unroll.data.table.Table.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The rows of a file that cannot be read. They decide whether the rest may be used.
 *
 * @param file the file
 * @param unit what is read, in the plural: rows, sentences
 * @param used how many of them can be read
 * @param all the problems
 */
record RowErrors(Path file, String unit, int used, List<Problem> all) {

    /** So many problems are told; the rest is counted. */
    private static final int TOLD = 10;

    /**
     * Refuses a file with nothing to use, or with too many problems.
     *
     * @param tolerance the share that may be unreadable, 0 to 1
     */
    void requireFew(double tolerance) throws DataException {
        int count = used + all.size();
        if (count == 0) {
            throw new DataException("%s: has no %s".formatted(file, unit));
        }
        if (used == 0 || all.size() > tolerance * count) {
            throw new DataException(
                    String.format(
                            Locale.ROOT,
                            "%s: %,d of %,d %s cannot be read, and %.0f %% may be; mend them. %s",
                            file,
                            all.size(),
                            count,
                            unit,
                            100 * tolerance,
                            String.join("\n", told())));
        }
    }

    /** {@return the number of errors, and the first ten; empty if there are none} */
    List<String> remarks() {
        if (all.isEmpty()) {
            return List.of();
        }
        List<String> remarks = new ArrayList<>();
        remarks.add(
                String.format(
                        Locale.ROOT,
                        "%s: %,d %s are used, %,d cannot be read:",
                        file,
                        used,
                        unit,
                        all.size()));
        remarks.addAll(told());
        return remarks;
    }

    private List<String> told() {
        List<String> told = new ArrayList<>();
        all.stream().limit(TOLD).forEach(problem -> told.add(problem.toString()));
        if (all.size() > TOLD) {
            told.add(String.format(Locale.ROOT, "and %,d more", all.size() - TOLD));
        }
        return told;
    }
}
