package dev.unroll.watch;

import dev.unroll.backend.Unary;
import dev.unroll.backend.UnaryFunction;
import dev.unroll.tensor.Tensor;
import dev.unroll.watch.Diagnosis.ActivationShares;
import java.util.Locale;

/** Counts the values of one activation that stand at the ends of its function. */
final class ActivationCounter {
    /** σ(x) is 0.95 here, and 0.05 at the negative. */
    private static final double SIGMOID_END = Math.log(0.95 / 0.05);

    /** tanh(x) is 0.95 here. */
    private static final double TANH_END = 0.5 * Math.log((1 + 0.95) / (1 - 0.95));

    private static final double FLAT = 0.01;

    /** Rows that are looked at, evenly spread, where the slope is not simple to compute. */
    private static final int ROWS = 256;

    private final String layer;
    private final String name;
    private final UnaryFunction function;
    private boolean[] alive = new boolean[0];
    private long low;
    private long high;
    private long values;

    ActivationCounter(String layer, String name, UnaryFunction function) {
        this.layer = layer;
        this.name = name;
        this.function = function;
    }

    void add(Tensor before) {
        int units = before.rank() == 0 ? 1 : before.dim(-1);
        float[] x = before.toArray();
        if (units == 0 || x.length == 0) {
            return;
        }
        if (alive.length != units) {
            alive = new boolean[units];
        }
        int rows = x.length / units;
        boolean simple =
                function == Unary.SIGMOID || function == Unary.TANH || function == Unary.RELU;
        int seen = simple ? rows : Math.min(rows, ROWS);
        for (int r = 0; r < seen; r++) {
            int row = (int) ((long) r * rows / seen);
            for (int u = 0; u < units; u++) {
                count(x[row * units + u], u);
            }
        }
        values += (long) seen * units;
    }

    private void count(float x, int unit) {
        boolean flat = false;
        switch (function) {
            case Unary.SIGMOID -> {
                low += x <= -SIGMOID_END ? 1 : 0;
                high += x >= SIGMOID_END ? 1 : 0;
            }
            case Unary.TANH -> {
                low += x <= -TANH_END ? 1 : 0;
                high += x >= TANH_END ? 1 : 0;
            }
            case Unary.RELU -> {
                flat = !(x > 0);
                low += flat ? 1 : 0;
            }
            default -> {
                flat = Math.abs(function.slope(x, function.value(x))) < FLAT;
                low += flat ? 1 : 0;
            }
        }
        alive[unit] |= !flat;
    }

    ActivationShares shares() {
        int dead = 0;
        for (boolean one : alive) {
            dead += one ? 0 : 1;
        }
        double all = Math.max(1, values);
        return new ActivationShares(
                layer, name, written(), low / all, high / all, alive.length, dead);
    }

    private String written() {
        return function instanceof Unary known
                ? known.name().toLowerCase(Locale.ROOT)
                : function.getClass().getSimpleName();
    }
}
