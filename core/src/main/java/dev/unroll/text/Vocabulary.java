package dev.unroll.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tokens a model knows, each with its number: an id is the token's place in the list.
 *
 * <p>Three special tokens always come first: {@code <unk>} for what is not in the list, {@code <s>}
 * before a text and {@code </s>} after it. There is no padding token, because nothing is ever
 * padded.
 */
public final class Vocabulary {

    /** Stands for a token that is not in the vocabulary; its id is 0. */
    public static final String UNKNOWN = "<unk>";

    /** Stands before a text; its id is 1. */
    public static final String START = "<s>";

    /** Stands after a text; its id is 2. */
    public static final String END = "</s>";

    /** The special tokens in the order of their ids. */
    public static final List<String> SPECIALS = List.of(UNKNOWN, START, END);

    private final List<String> tokens;
    private final Map<String, Integer> ids;

    /**
     * A vocabulary of these tokens, numbered from 0.
     *
     * @param tokens {@link #SPECIALS}, then the others; none empty, none twice
     * @throws IllegalArgumentException if the special tokens are not where they belong, or a token
     *     is empty or appears twice
     */
    public Vocabulary(List<String> tokens) {
        this.tokens = List.copyOf(tokens);
        int specials = SPECIALS.size();
        if (this.tokens.size() < specials || !this.tokens.subList(0, specials).equals(SPECIALS)) {
            throw new IllegalArgumentException(
                    "a vocabulary begins with %s, this one with %s"
                            .formatted(
                                    SPECIALS,
                                    this.tokens.subList(
                                            0, Math.min(specials, this.tokens.size()))));
        }
        this.ids = HashMap.newHashMap(this.tokens.size());
        for (int id = 0; id < this.tokens.size(); id++) {
            String token = this.tokens.get(id);
            if (token.isEmpty()) {
                throw new IllegalArgumentException(
                        "token %d of the vocabulary is empty; a token has at least one character"
                                .formatted(id));
            }
            Integer earlier = ids.put(token, id);
            if (earlier != null) {
                throw new IllegalArgumentException(
                        "token '%s' is in the vocabulary twice, as %d and as %d"
                                .formatted(token, earlier, id));
            }
        }
    }

    /**
     * {@return a vocabulary of the special tokens followed by these}
     *
     * @param ordinary the other tokens, all different
     */
    public static Vocabulary withSpecials(List<String> ordinary) {
        List<String> tokens = new ArrayList<>(SPECIALS.size() + ordinary.size());
        tokens.addAll(SPECIALS);
        tokens.addAll(ordinary);
        return new Vocabulary(tokens);
    }

    /** {@return the number of tokens, special ones included} */
    public int size() {
        return tokens.size();
    }

    /** {@return the id of {@code <unk>}} */
    public int unknown() {
        return 0;
    }

    /** {@return the id of {@code <s>}} */
    public int start() {
        return 1;
    }

    /** {@return the id of {@code </s>}} */
    public int end() {
        return 2;
    }

    /**
     * {@return the id of a token, or {@link #unknown()} if it is not in the vocabulary}
     *
     * @param token to be looked up
     */
    public int id(String token) {
        return ids.getOrDefault(token, unknown());
    }

    /**
     * {@return whether the token is in the vocabulary}
     *
     * @param token to be looked up
     */
    public boolean contains(String token) {
        return ids.containsKey(token);
    }

    /**
     * {@return the token with this id}
     *
     * @param id from 0
     * @throws IllegalArgumentException if the id lies outside the vocabulary
     */
    public String token(int id) {
        if (id < 0 || id >= tokens.size()) {
            throw new IllegalArgumentException(
                    "token id %d: the vocabulary has ids 0 to %d".formatted(id, tokens.size() - 1));
        }
        return tokens.get(id);
    }

    /** The tokens that are not special, one after another. */
    String joined(int[] ids) {
        StringBuilder text = new StringBuilder(ids.length * 4);
        for (int id : ids) {
            String token = token(id);
            if (!isSpecial(id)) {
                text.append(token);
            }
        }
        return text.toString();
    }

    /**
     * {@return whether the id is one of the special tokens}
     *
     * @param id from 0
     */
    public boolean isSpecial(int id) {
        return id >= 0 && id < SPECIALS.size();
    }

    /** {@return all tokens in the order of their ids} */
    public List<String> tokens() {
        return tokens;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Vocabulary that && tokens.equals(that.tokens);
    }

    @Override
    public int hashCode() {
        return tokens.hashCode();
    }

    @Override
    public String toString() {
        return "Vocabulary of " + tokens.size() + " tokens";
    }
}
