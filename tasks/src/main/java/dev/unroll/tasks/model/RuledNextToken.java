package dev.unroll.tasks.model;

import dev.unroll.decode.RankedNextToken;
import dev.unroll.decode.TopK;
import java.util.Arrays;

/** The next tokens of a network without those that must not come; serves one search. */
final class RuledNextToken implements RankedNextToken {
    private final RankedNextToken next;
    private final int[] never;
    private int first; // what must come next; -1 for anything

    RuledNextToken(WritingRules rules, RankedNextToken next) {
        this.next = next;
        this.never = rules.never().stream().mapToInt(Integer::intValue).toArray();
        this.first = rules.first().orElse(-1);
    }

    @Override
    public float[][] after(int[] parents, int[] tokens) {
        float[][] rows = next.after(parents, tokens); // no search keeps them
        for (float[] row : rows) {
            if (first >= 0) {
                Arrays.fill(row, Float.NEGATIVE_INFINITY);
                row[first] = 0;
            } else {
                for (int token : never) {
                    row[token] = Float.NEGATIVE_INFINITY;
                }
            }
        }
        first = -1;
        return rows;
    }

    @Override
    public TopK topK(int[] parents, int[] tokens, int count) {
        TopK all = next.topK(parents, tokens, count + never.length);
        int given = Math.min(count, all.vocabulary());
        float[] logs = new float[parents.length * given];
        int[] best = new int[logs.length];
        Arrays.fill(logs, Float.NEGATIVE_INFINITY);
        for (int r = 0; r < parents.length; r++) {
            int at = r * given;
            if (first >= 0) {
                logs[at] = 0;
                best[at] = first;
                continue;
            }
            int end = at + given;
            for (int i = r * all.count(); i < (r + 1) * all.count() && at < end; i++) {
                if (!isNever(all.tokens()[i])) {
                    logs[at] = all.logs()[i];
                    best[at++] = all.tokens()[i];
                }
            }
        }
        first = -1;
        return new TopK(given, all.vocabulary(), logs, best);
    }

    private boolean isNever(int token) {
        for (int one : never) {
            if (one == token) {
                return true;
            }
        }
        return false;
    }
}
