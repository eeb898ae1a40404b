package dev.unroll.cli;

import dev.unroll.tasks.tagging.Tag;
import dev.unroll.tasks.tagging.Tagger;
import dev.unroll.tasks.tagging.WordSplitter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;

/** {@code unroll tag}: a tag for each word of a text. */
@Command(
        name = "tag",
        description = {
            "Gives each word of a text a tag, with its probability: a word a line, and a blank line"
                    + " after each sentence. A blank line in the text is a sentence without words."
        })
final class TagWords extends TextCommand<TagWords.Sentence> {

    /** A sentence, word by word. */
    record Sentence(List<Tag> words) {}

    /** All of them. */
    record Sentences(List<Sentence> sentences) {}

    @Override
    public Integer call() throws IOException {
        Tagger tagger = Tagger.load(run);
        answer(
                some -> tagger.predictAll(sentences(some)).stream().map(Sentence::new),
                Sentences::new);
        return 0;
    }

    /** The sentences of all lines; to people a blank line is one without words. */
    private List<List<String>> sentences(List<String> lines) {
        List<List<String>> sentences = new ArrayList<>();
        for (String line : lines) {
            List<List<String>> found = WordSplitter.sentences(line);
            sentences.addAll(found.isEmpty() && !answer.json ? List.of(List.<String>of()) : found);
        }
        return sentences;
    }

    @Override
    void show(Sentence sentence) {
        for (Tag tag : sentence.words()) {
            answer.people()
                    .println(
                            String.format(
                                    Locale.ROOT,
                                    "%s\t%s\t%.4f",
                                    tag.word(),
                                    tag.tag(),
                                    tag.probability()));
        }
        answer.people().println();
    }
}
