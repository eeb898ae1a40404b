package dev.unroll.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.backend.Backend;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * One backend, and what is computed on it.
 *
 * @param results of the operations, and inputs that they change
 */
record On(Backend backend, List<Operand> results) {
    Operand in(long seed, int... dims) {
        return Operand.random(backend, seed, Arrangement.OFFSET, dims);
    }

    /** An input that will be changed. */
    Operand inOut(long seed, int... dims) {
        Operand both = in(seed, dims);
        results.add(both);
        return both;
    }

    Operand out(int... dims) {
        Operand out = Operand.result(backend, dims);
        results.add(out);
        return out;
    }

    Operand out(Arrangement arrangement, int... dims) {
        Operand out = Operand.result(backend, arrangement, dims);
        results.add(out);
        return out;
    }

    /**
     * That an operation gives the same bits on one, two and five threads, and in plain loops as in
     * those of vectors.
     */
    static void assertSameBits(Consumer<On> operation) {
        List<float[]> one = results(operation, 1, WarmUp.Rule.VECTORS);
        for (int threads : new int[] {2, 5}) {
            for (WarmUp.Rule rule : new WarmUp.Rule[] {WarmUp.Rule.VECTORS, WarmUp.Rule.PLAIN}) {
                List<float[]> many = results(operation, threads, rule);
                for (int r = 0; r < one.size(); r++) {
                    assertThat(many.get(r)).as("result %d, %s", r, rule).isEqualTo(one.get(r));
                }
            }
        }
    }

    private static List<float[]> results(Consumer<On> operation, int threads, WarmUp.Rule rule) {
        On on = new On(new VectorBackend(threads, rule), new ArrayList<>());
        operation.accept(on);
        return on.results.stream().map(Operand::after).toList();
    }
}
