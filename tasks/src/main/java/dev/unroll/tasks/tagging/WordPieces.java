package dev.unroll.tasks.tagging;

import dev.unroll.tensor.Tokens;
import dev.unroll.text.pipeline.Encoding;
import dev.unroll.text.pipeline.TextPipeline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Words as the tokens of a pretrained model. The words of a sentence are written with spaces
 * between them, and each token belongs to the word that it ends in. A sentence of more tokens than
 * the model takes is read in parts.
 *
 * @param pipeline the model's tokenizer, which shortens nothing
 * @param longest the most tokens that the model takes, special ones included
 */
record WordPieces(TextPipeline pipeline, int longest) {

    /** More tokens of one word are left out: what a tag depends on stands at its beginning. */
    private static final int MOST = 16;

    /**
     * Sentences as tokens.
     *
     * @param tokens of all sentences
     * @param firsts [words], the place of each word's first token
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Encoded(Tokens tokens, int[] firsts) {}

    /** Encodes sentences, each a list of words. */
    Encoded encode(List<List<String>> sentences) {
        Collected all = new Collected();
        for (List<String> sentence : sentences) {
            if (!sentence.isEmpty()) {
                encode(sentence, all);
            }
        }
        return new Encoded(
                Tokens.of(all.sequences),
                all.firsts.stream().mapToInt(Integer::intValue).toArray());
    }

    private static final class Collected {
        private final List<int[]> sequences = new ArrayList<>();
        private final List<Integer> firsts = new ArrayList<>();
        private int tokens;
    }

    private void encode(List<String> words, Collected all) {
        Encoding read = pipeline.encode(String.join(" ", words));
        int[] ids = new int[read.size()];
        int[] firsts = new int[words.size()]; // 0, the front, for a word without a token
        int[] counts = new int[words.size()];
        int size = 0;
        int word = 0;
        int end = words.getFirst().length(); // of that word in the text
        for (int t = 0; t < read.size(); t++) {
            if (read.special()[t]) {
                ids[size++] = read.ids()[t];
                continue;
            }
            while (read.ends()[t] > end && word + 1 < words.size()) {
                word++;
                end += 1 + words.get(word).length();
            }
            if (counts[word] == MOST) {
                continue;
            }
            if (counts[word]++ == 0) {
                firsts[word] = size;
            }
            ids[size++] = read.ids()[t];
        }
        if (size > longest && words.size() > 1) {
            int half = words.size() / 2;
            encode(words.subList(0, half), all);
            encode(words.subList(half, words.size()), all);
            return;
        }
        int[] kept = Arrays.copyOf(ids, Math.min(size, longest));
        for (int first : firsts) {
            all.firsts.add(all.tokens + Math.min(first, kept.length - 1));
        }
        all.sequences.add(kept);
        all.tokens += kept.length;
    }
}
