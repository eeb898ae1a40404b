package dev.unroll.tasks.tagging;

import dev.unroll.data.TaggedSentence;
import java.util.ArrayList;
import java.util.List;

/**
 * Part of a sentence that is short enough to be read at once.
 *
 * @param sentence its number
 * @param from the first word
 * @param to the word behind the last
 */
record Piece(int sentence, int from, int to) {

    /** The most words that are read at once; longer sentences are cut. */
    static final int LONGEST = 512;

    /** The pieces of sentences of these lengths; an empty one has none. */
    static List<Piece> of(List<? extends List<?>> sentences) {
        List<Piece> pieces = new ArrayList<>();
        for (int s = 0; s < sentences.size(); s++) {
            int length = sentences.get(s).size();
            for (int from = 0; from < length; from += LONGEST) {
                pieces.add(new Piece(s, from, Math.min(length, from + LONGEST)));
            }
        }
        return pieces;
    }

    /** Sentences, those that are too long in pieces. */
    static List<TaggedSentence> shortened(List<TaggedSentence> sentences) {
        return of(sentences.stream().map(TaggedSentence::words).toList()).stream()
                .map(
                        piece -> {
                            TaggedSentence whole = sentences.get(piece.sentence());
                            return new TaggedSentence(
                                    piece.cut(whole.words()), piece.cut(whole.tags()));
                        })
                .toList();
    }

    /** This part of a sentence. */
    <E> List<E> cut(List<E> whole) {
        return whole.subList(from, to);
    }
}
