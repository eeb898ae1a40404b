package dev.unroll.text.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A tokenizer of a pretrained model, put together from steps. Immutable and safe for use by many
 * threads, if its steps are.
 *
 * <p>Half a surrogate pair that stands alone is no character, and UTF-8 cannot write it; each is
 * read as U+FFFD. Places in a text stay the same by that.
 */
public final class TextPipeline {

    private final Steps steps;
    private final AddedTokens added;
    private final int vocabularySize;

    /**
     * What a tokenizer consists of.
     *
     * @param normalizer changes a text first; null for none
     * @param preTokenizer cuts it into pieces; null for one piece
     * @param model cuts pieces into tokens
     * @param postProcessor adds special tokens; null for none
     * @param decoder makes text of tokens; null to put them behind each other with spaces between
     * @param addedTokens that are found before the model sees the text
     * @param truncation of long texts; null for none
     * @param padding that is told; null for none
     */
    public record Steps(
            @Nullable Normalizer normalizer,
            @Nullable PreTokenizer preTokenizer,
            SubwordModel model,
            @Nullable PostProcessor postProcessor,
            @Nullable Decoder decoder,
            List<AddedToken> addedTokens,
            @Nullable Truncation truncation,
            @Nullable Padding padding) {

        /** Copies the list. */
        public Steps {
            addedTokens = List.copyOf(addedTokens);
        }
    }

    /**
     * A tokenizer.
     *
     * @param steps it consists of
     */
    public TextPipeline(Steps steps) {
        this(steps, new AddedTokens(steps.addedTokens(), steps.normalizer()));
    }

    private TextPipeline(Steps steps, AddedTokens added) {
        this.steps = steps;
        this.added = added;
        this.vocabularySize = Math.max(steps.model().largestId(), added.largestId()) + 1;
    }

    /** {@return what this tokenizer consists of} */
    public Steps steps() {
        return steps;
    }

    /**
     * {@return the tokens of a text, with those that the post-processor adds}
     *
     * @param text of any length
     * @throws IllegalArgumentException if a part of it is unknown and the model has no token for
     *     that
     */
    public Encoding encode(String text) {
        return encode(text, null, true);
    }

    /**
     * {@return the tokens of two texts, with those that the post-processor adds}
     *
     * @param first text, of any length
     * @param second text, of any length
     * @throws IllegalArgumentException if a part of them is unknown and the model has no token for
     *     that, or if only one of them may be cut and is too short for that
     */
    public Encoding encode(String first, String second) {
        return encode(first, second, true);
    }

    /**
     * {@return the tokens of a text, with none added}
     *
     * @param text of any length
     * @throws IllegalArgumentException if a part of it is unknown and the model has no token for
     *     that
     */
    public Encoding encodeBare(String text) {
        return encode(text, null, false);
    }

    private Encoding encode(String first, @Nullable String second, boolean special) {
        PostProcessor processor = special ? steps.postProcessor() : null;
        boolean trims = processor != null && processor.trims();
        Encoding one = Encoding.of(tokens(first, trims), 0);
        Encoding two = second == null ? null : Encoding.of(tokens(second, trims), 1);
        Truncation truncation = steps.truncation();
        if (truncation != null) {
            int fixed = processor == null ? 0 : processor.added(two != null);
            int[] kept =
                    truncation.kept(
                            one.size(),
                            two == null ? 0 : two.size(),
                            Math.max(truncation.length() - fixed, 0));
            one = cut(one, kept[0], truncation.side());
            two = two == null ? null : cut(two, kept[1], truncation.side());
        }
        List<Encoding> texts = two == null ? List.of(one) : List.of(one, two);
        return Encoding.joined(
                processor == null ? texts : processor.process(texts, this::tokenOrNull));
    }

    private static Encoding cut(Encoding all, int kept, Truncation.Side side) {
        if (kept >= all.size()) {
            return all;
        }
        return side == Truncation.Side.RIGHT
                ? all.slice(0, kept)
                : all.slice(all.size() - kept, all.size());
    }

    private TokenList tokens(String text, boolean trims) {
        TokenList tokens = new TokenList();
        SubwordModel model = steps.model();
        PreTokenizer preTokenizer = steps.preTokenizer();
        added.cut(
                AlignedText.of(CharacterKinds.withoutHalves(text)),
                new AddedTokens.Parts() {
                    @Override
                    public void token(AddedToken token, AlignedText found) {
                        int from = trims && token.leftStrip() ? leadingSpace(found) : 0;
                        int to =
                                trims && token.rightStrip()
                                        ? found.length() - trailingSpace(found)
                                        : found.length();
                        tokens.add(token.id(), found, from, Math.max(from, to));
                    }

                    @Override
                    public void text(AlignedText part) {
                        if (part.isEmpty()) {
                            return;
                        }
                        if (preTokenizer == null) {
                            model.encode(part, tokens);
                        } else {
                            preTokenizer.split(
                                    part,
                                    piece -> {
                                        if (!piece.isEmpty()) {
                                            model.encode(piece, tokens);
                                        }
                                    });
                        }
                    }
                });
        return tokens;
    }

    private static int leadingSpace(AlignedText text) {
        int count = 0;
        while (count < text.length() && CharacterKinds.isSpace(text.charAt(count))) {
            count++;
        }
        return count;
    }

    private static int trailingSpace(AlignedText text) {
        int count = 0;
        while (count < text.length()
                && CharacterKinds.isSpace(text.charAt(text.length() - 1 - count))) {
            count++;
        }
        return count;
    }

    /**
     * {@return the text of tokens}
     *
     * @param ids of the tokens; those without a token are passed over
     * @param skipSpecialTokens whether special tokens are left out
     */
    public String decode(int[] ids, boolean skipSpecialTokens) {
        List<String> tokens = new ArrayList<>(ids.length);
        for (int id : ids) {
            String token = tokenOrNull(id);
            if (token != null && !(skipSpecialTokens && added.isSpecial(token))) {
                tokens.add(token);
            }
        }
        Decoder decoder = steps.decoder();
        return decoder == null ? String.join(" ", tokens) : String.join("", decoder.decode(tokens));
    }

    /** {@return one more than the largest id} */
    public int vocabularySize() {
        return vocabularySize;
    }

    /**
     * {@return the id of a token, if there is one}
     *
     * @param token as the vocabulary writes it
     */
    public OptionalInt id(String token) {
        AddedToken found = added.byContent(token);
        return found != null ? OptionalInt.of(found.id()) : steps.model().id(token);
    }

    /**
     * {@return the token of an id, as the vocabulary writes it}
     *
     * @param id from 0 to below {@link #vocabularySize()}
     * @throws IllegalArgumentException if no token has this id
     */
    public String token(int id) {
        String token = tokenOrNull(id);
        if (token == null) {
            throw new IllegalArgumentException(
                    "no token has the id %d; ids are below %d".formatted(id, vocabularySize));
        }
        return token;
    }

    /**
     * {@return whether a token has this id}
     *
     * @param id any
     */
    public boolean has(int id) {
        return tokenOrNull(id) != null;
    }

    private @Nullable String tokenOrNull(int id) {
        AddedToken found = added.byId(id);
        return found != null ? found.content() : steps.model().token(id);
    }

    /** {@return how texts are truncated, if they are} */
    public Optional<Truncation> truncation() {
        return Optional.ofNullable(steps.truncation());
    }

    /** {@return how the file wants texts to be padded, if it says so; nothing here pads} */
    public Optional<Padding> padding() {
        return Optional.ofNullable(steps.padding());
    }

    /**
     * {@return this tokenizer with texts of at most so many tokens, the longer of two being cut} It
     * is cut where the tokenizer's own truncation cuts; at its end, if there is none.
     *
     * @param tokens the most, with those that the post-processor adds
     */
    public TextPipeline truncatedTo(int tokens) {
        Truncation.Side side = truncation().map(Truncation::side).orElse(Truncation.Side.RIGHT);
        return with(new Truncation(tokens, Truncation.Strategy.LONGEST_FIRST, side));
    }

    /** {@return this tokenizer without truncation} */
    public TextPipeline untruncated() {
        return with(null);
    }

    private TextPipeline with(@Nullable Truncation truncation) {
        return new TextPipeline(
                new Steps(
                        steps.normalizer(),
                        steps.preTokenizer(),
                        steps.model(),
                        steps.postProcessor(),
                        steps.decoder(),
                        steps.addedTokens(),
                        truncation,
                        steps.padding()),
                added);
    }
}
