package dev.unroll.text.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tokens that are found in a text before the model cuts it. */
final class AddedTokens {

    private final Map<String, AddedToken> byContent = new HashMap<>();
    private final Map<Integer, AddedToken> byId = new HashMap<>();
    private final Set<String> special = new HashSet<>();
    private final TokenFinder asWritten;
    private final TokenFinder asNormalized;
    private final @Nullable Normalizer normalizer;
    private final int largestId;

    AddedTokens(List<AddedToken> tokens, @Nullable Normalizer normalizer) {
        this.normalizer = normalizer;
        List<TokenFinder.Pattern> written = new ArrayList<>();
        List<TokenFinder.Pattern> normalized = new ArrayList<>();
        int largest = -1;
        for (AddedToken token : tokens) {
            byContent.put(token.content(), token);
            byId.put(token.id(), token);
            largest = Math.max(largest, token.id());
            if (token.special()) {
                special.add(token.content());
            }
        }
        largestId = largest;
        for (AddedToken token : byContent.values()) {
            if (!token.normalized()) {
                written.add(new TokenFinder.Pattern(token.content(), token));
            } else {
                String pattern =
                        normalizer == null
                                ? token.content()
                                : normalizer.normalize(AlignedText.of(token.content())).toString();
                if (!pattern.isEmpty()) {
                    normalized.add(new TokenFinder.Pattern(pattern, token));
                }
            }
        }
        asWritten = new TokenFinder(written);
        asNormalized = new TokenFinder(normalized);
    }

    /** What becomes of a text: added tokens, and the normalised text between them. */
    interface Parts {
        /** Takes an added token. */
        void token(AddedToken token, AlignedText text);

        /** Takes a normalised text. */
        void text(AlignedText text);
    }

    void cut(AlignedText text, Parts parts) {
        asWritten.cut(
                text,
                new Parts() {
                    @Override
                    public void token(AddedToken token, AlignedText found) {
                        parts.token(token, found);
                    }

                    @Override
                    public void text(AlignedText between) {
                        AlignedText normalised =
                                normalizer == null ? between : normalizer.normalize(between);
                        asNormalized.cut(normalised, parts);
                    }
                });
    }

    @Nullable AddedToken byContent(String content) {
        return byContent.get(content);
    }

    @Nullable AddedToken byId(int id) {
        return byId.get(id);
    }

    /** Whether decoding can leave this token out. */
    boolean isSpecial(String token) {
        return special.contains(token);
    }

    int largestId() {
        return largestId;
    }
}
