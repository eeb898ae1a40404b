package dev.unroll.tasks.tagging;

import dev.unroll.data.Corpus;
import dev.unroll.data.TaggedSentence;
import dev.unroll.nn.Mode;
import dev.unroll.tasks.Predictor;
import dev.unroll.tasks.model.ArgMax;
import dev.unroll.tasks.model.InferenceBatches;
import dev.unroll.tasks.task.Runs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives each word of a sentence a tag.
 *
 * <pre>{@code
 * Tagger tagger = Tagger.load(Path.of("runs/tags"));
 * List<Tag> tags = tagger.predict(List.of("Time", "flies", "."));
 * List<List<Tag>> sentences = tagger.tagText("Time flies. Fruit flies like it.");
 * }</pre>
 *
 * <p>Sentences of more than 512 words are read in pieces of 512.
 */
public final class Tagger implements Predictor<List<String>, List<Tag>> {
    private final WordReader reader;
    private final WordReader.Network network;
    private final List<String> tags;

    Tagger(WordReader reader, WordReader.Network network, List<String> tags) {
        this.reader = reader;
        this.network = network;
        this.tags = List.copyOf(tags);
    }

    /**
     * The tagger of a run.
     *
     * @param run the run's folder
     * @throws IllegalArgumentException if it is no run of this task, or its files do not fit
     *     together
     */
    public static Tagger load(Path run) throws IOException {
        return Runs.load(TaggingTask.TASK, run);
    }

    /**
     * Trains on data of your own, from beginning to end.
     *
     * @param folder of the run; what is there of a former run is removed
     * @return a tagger with the best weights
     */
    public static Tagger train(TaggingRecipe recipe, Corpus<TaggedSentence> corpus, Path folder)
            throws IOException {
        return Runs.train(TaggingTask.TASK, recipe, corpus, folder);
    }

    /** The names of the tags. */
    public List<String> tags() {
        return tags;
    }

    /** {@return true if the word occurred in the training set, in upper or lower case} */
    public boolean knows(String word) {
        return reader.knows(word);
    }

    /**
     * The sentences of a running text, with their words as {@link WordSplitter} finds them.
     *
     * @return a list a sentence; none if the text is blank
     */
    public List<List<Tag>> tagText(String text) {
        return predictAll(WordSplitter.sentences(text));
    }

    @Override
    public List<List<Tag>> predictAll(List<List<String>> sentences) {
        List<List<Tag>> answers = new ArrayList<>();
        sentences.forEach(sentence -> answers.add(new ArrayList<>()));
        List<Piece> pieces = Piece.of(sentences);
        List<List<String>> words =
                pieces.stream().map(p -> p.cut(sentences.get(p.sentence()))).toList();
        int[] lengths = words.stream().mapToInt(List::size).toArray();
        List<List<Tag>> tagged =
                InferenceBatches.byTokens(lengths, reader.together()).run(words, this::tagged);
        for (int p = 0; p < tagged.size(); p++) {
            answers.get(pieces.get(p).sentence()).addAll(tagged.get(p));
        }
        return answers.stream().map(List::copyOf).toList();
    }

    @Override
    public List<List<String>> examples() {
        return List.of(
                List.of("Time", "flies", "."),
                List.of(
                        "Fruit", "flies", "like", "a", "banana", "and", "time", "an", "arrow",
                        "."));
    }

    private List<List<Tag>> tagged(List<List<String>> sentences) {
        float[] probabilities = // [tokens, tags]
                network.encode(sentences, place -> false)
                        .logits(Mode.INFERENCE)
                        .softmax()
                        .toArray();
        List<List<Tag>> answers = new ArrayList<>();
        int at = 0;
        for (List<String> sentence : sentences) {
            List<Tag> answer = new ArrayList<>();
            for (String word : sentence) {
                answer.add(tag(word, probabilities, at));
                at += tags.size();
            }
            answers.add(answer);
        }
        return answers;
    }

    private Tag tag(String word, float[] probabilities, int from) {
        int best = ArgMax.of(tags.size(), c -> probabilities[from + c]);
        return new Tag(word, tags.get(best), probabilities[from + best]);
    }
}
