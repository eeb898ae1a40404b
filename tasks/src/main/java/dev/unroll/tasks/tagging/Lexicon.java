package dev.unroll.tasks.tagging;

import dev.unroll.data.TaggedSentence;
import dev.unroll.nn.models.CharacterAwareEmbedding;
import dev.unroll.tasks.run.Artefact;
import dev.unroll.tasks.run.JsonArtefact;
import dev.unroll.tensor.Layout;
import dev.unroll.tensor.Tokens;
import dev.unroll.text.Normalization;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Words and characters as numbers; 0 is one that is not known. Words are known in lower case,
 * characters as they are, both in a form of Unicode.
 */
final class Lexicon {
    static final int UNKNOWN = 0;

    /** A longer word is read by its beginning and its end. */
    static final int MOST_CHARACTERS = 64;

    /** In a run's folder. */
    static final Artefact<Lexicon> FILE =
            new JsonArtefact<>(
                    "lexicon.json",
                    Entries.class,
                    entries -> new Lexicon(entries, Normalization.NONE),
                    lexicon -> lexicon.entries,
                    "the run does not know its words",
                    "is not a JSON object of words, counts and characters");

    /**
     * The content of the file.
     *
     * @param words in lower case, in the order of their numbers, from 1
     * @param counts how often each occurred
     * @param characters each a code point, in the order of their numbers, from 1
     */
    private record Entries(List<String> words, List<Integer> counts, List<String> characters) {
        Entries {
            if (words.size() != counts.size() || characters.stream().anyMatch(String::isEmpty)) {
                throw new IllegalArgumentException("a lexicon has a count for each word");
            }
        }
    }

    private final Entries entries;
    private final Normalization form;
    private final Map<String, Integer> words = new HashMap<>();
    private final Map<Integer, Integer> characters = new HashMap<>();

    private Lexicon(Entries entries, Normalization form) {
        this.entries = entries;
        this.form = form;
        for (int i = 0; i < entries.words().size(); i++) {
            words.put(entries.words().get(i), i + 1);
        }
        for (int i = 0; i < entries.characters().size(); i++) {
            characters.put(entries.characters().get(i).codePointAt(0), i + 1);
        }
    }

    /** All words of sentences, and the characters that occur twice or more. */
    static Lexicon of(List<TaggedSentence> sentences, Normalization form) {
        Map<String, Integer> words = new TreeMap<>();
        Map<Integer, Integer> characters = new TreeMap<>();
        for (TaggedSentence sentence : sentences) {
            for (String written : sentence.words()) {
                String word = form.inForm(written);
                words.merge(lower(word), 1, Integer::sum);
                word.codePoints().forEach(c -> characters.merge(c, 1, Integer::sum));
            }
        }
        return new Lexicon(
                new Entries(
                        List.copyOf(words.keySet()),
                        List.copyOf(words.values()),
                        characters.entrySet().stream()
                                .filter(entry -> entry.getValue() > 1)
                                .map(entry -> Character.toString(entry.getKey()))
                                .toList()),
                form);
    }

    /** {@return the same words, of texts that are brought into a form of Unicode first} */
    Lexicon in(Normalization other) {
        return other == form ? this : new Lexicon(entries, other);
    }

    /** The number of words, the unknown one included. */
    int wordCount() {
        return entries.words().size() + 1;
    }

    /** The number of characters, the unknown one included. */
    int characterCount() {
        return entries.characters().size() + 1;
    }

    /** {@return true if the word occurred in the training set, in upper or lower case} */
    boolean knows(String word) {
        return word(word) != UNKNOWN;
    }

    /** The number of times that a word occurred in the training set, by its number. */
    int count(int word) {
        return word == UNKNOWN ? 0 : entries.counts().get(word - 1);
    }

    /**
     * Sentences as numbers.
     *
     * @param forgotten which places, counted over all sentences, have an unknown word
     */
    CharacterAwareEmbedding.Words encode(List<List<String>> sentences, IntPredicate forgotten) {
        Map<String, Integer> distinct = new LinkedHashMap<>();
        List<int[]> spellings = new ArrayList<>();
        int[] lengths = sentences.stream().mapToInt(List::size).toArray();
        int tokens = IntStream.of(lengths).sum();
        int[] ids = new int[tokens];
        int[] spelt = new int[tokens];
        int at = 0;
        for (List<String> sentence : sentences) {
            for (String word : sentence) {
                ids[at] = forgotten.test(at) ? UNKNOWN : word(word);
                Integer known = distinct.putIfAbsent(word, spellings.size());
                spelt[at] = known == null ? spellings.size() : known;
                if (known == null) {
                    spellings.add(characters(word));
                }
                at++;
            }
        }
        return new CharacterAwareEmbedding.Words(
                ids, Tokens.of(spellings), spelt, Layout.of(lengths));
    }

    int word(String word) {
        return words.getOrDefault(lower(form.inForm(word)), UNKNOWN);
    }

    private int[] characters(String word) {
        int[] points = form.inForm(word).codePoints().toArray();
        int[] ids = new int[Math.max(1, Math.min(points.length, MOST_CHARACTERS))];
        for (int i = 0; i < ids.length && points.length > 0; i++) {
            int from = i < MOST_CHARACTERS / 2 ? i : i + points.length - ids.length;
            ids[i] = characters.getOrDefault(points[from], UNKNOWN);
        }
        return ids;
    }

    private static String lower(String word) {
        return word.toLowerCase(Locale.ROOT);
    }
}
