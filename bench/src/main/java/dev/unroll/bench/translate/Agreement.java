package dev.unroll.bench.translate;

import dev.unroll.decode.Hypothesis;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says once on how many sentences both sides of a work write the same tokens. */
final class Agreement {
    private final String work;
    private @Nullable List<Hypothesis> first;
    private boolean said;

    Agreement(String work) {
        this.work = work;
    }

    /** The output of one side, the best hypothesis of each sentence. */
    void wrote(List<Hypothesis> answers) {
        List<Hypothesis> other = first;
        if (said) {
            return;
        }
        if (other == null) {
            first = answers;
            return;
        }
        int same = 0;
        for (int i = 0; i < answers.size(); i++) {
            same += Arrays.equals(answers.get(i).tokens(), other.get(i).tokens()) ? 1 : 0;
        }
        System.err.printf("%s: the same tokens for %d of %d%n", work, same, answers.size());
        said = true;
    }
}
