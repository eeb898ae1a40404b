package dev.unroll.decode;

import org.jspecify.annotations.Nullable;

/**
 * The tokens of a hypothesis, last one first, each knowing the one before it. Branches share their
 * beginning, so that a step of a beam copies nothing.
 *
 * @param before null for the start token
 * @param length the number of tokens after the start token
 */
record TokenChain(@Nullable TokenChain before, int token, int length) {

    static TokenChain start(int token) {
        return new TokenChain(null, token, 0);
    }

    TokenChain then(int next) {
        return new TokenChain(this, next, length + 1);
    }

    /** [length], without the start token. */
    int[] tokens() {
        int[] tokens = new int[length];
        TokenChain at = this;
        for (int i = length - 1; i >= 0 && at != null; i--) {
            tokens[i] = at.token;
            at = at.before;
        }
        return tokens;
    }
}
