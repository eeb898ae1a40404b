package dev.unroll.data.table;

import dev.unroll.data.table.Table.Problem;

/** A row that cannot be used; the others can. */
public final class UnusableRowException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    /**
     * The failure of a row.
     *
     * @param problem its file, its line and why
     */
    public UnusableRowException(Problem problem) {
        super(problem.toString());
        this.problem = problem;
    }

    /** {@return the file, the line and why} */
    public Problem problem() {
        return problem;
    }
}
