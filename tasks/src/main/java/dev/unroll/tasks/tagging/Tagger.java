package dev.unroll.tasks.tagging;

import dev.unroll.data.Corpus;
import dev.unroll.data.TaggedSentence;
import dev.unroll.nn.Mode;
import dev.unroll.nn.models.CharacterAwareEmbedding;
import dev.unroll.nn.models.SequenceTagger;
import dev.unroll.tasks.Predictor;
import dev.unroll.tasks.model.ArgMax;
import dev.unroll.tasks.recipe.TaggingRecipe;
import dev.unroll.tasks.task.Runs;
import dev.unroll.tensor.MemoryScope;
import dev.unroll.train.Batches;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
    /** Words that go through the network together. */
    private static final int TOGETHER = 8_192;

    private final Lexicon lexicon;
    private final SequenceTagger model;
    private final List<String> tags;

    Tagger(Lexicon lexicon, SequenceTagger model, List<String> tags) {
        this.lexicon = lexicon;
        this.model = model;
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

    /** Whether a word occurred in what the tagger learnt from, in upper or lower case. */
    public boolean knows(String word) {
        return lexicon.knows(word);
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
        List<Tag[]> answers = new ArrayList<>();
        sentences.forEach(sentence -> answers.add(new Tag[sentence.size()]));
        List<Piece> pieces = Piece.of(sentences);
        int[] lengths = pieces.stream().mapToInt(piece -> piece.to() - piece.from()).toArray();
        for (int[] group : Batches.epoch(lengths, TOGETHER, 0, 0)) {
            List<Piece> some = Arrays.stream(group).mapToObj(pieces::get).toList();
            float[] probabilities =
                    probabilities(
                            some.stream().map(p -> p.cut(sentences.get(p.sentence()))).toList());
            int at = 0;
            for (Piece piece : some) {
                for (int w = piece.from(); w < piece.to(); w++) {
                    answers.get(piece.sentence())[w] =
                            tag(sentences.get(piece.sentence()).get(w), probabilities, at);
                    at += tags.size();
                }
            }
        }
        return answers.stream().map(List::of).toList();
    }

    private Tag tag(String word, float[] probabilities, int from) {
        int best = ArgMax.of(tags.size(), c -> probabilities[from + c]);
        return new Tag(word, tags.get(best), probabilities[from + best]);
    }

    /** [tokens, tags] */
    private float[] probabilities(List<List<String>> sentences) {
        CharacterAwareEmbedding.Words words = lexicon.encode(sentences, place -> false);
        return MemoryScope.run(() -> model.logits(words, Mode.INFERENCE).softmax().toArray());
    }
}
