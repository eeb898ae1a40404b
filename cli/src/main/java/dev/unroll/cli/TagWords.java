package dev.unroll.cli;

import dev.unroll.tasks.tagging.Tag;
import dev.unroll.tasks.tagging.Tagger;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;

/** {@code unroll tag}: a tag for each word of a text. */
@Command(
        name = "tag",
        description = {
            "Gives each word of a text a tag, with its probability: a word a line, and a blank line"
                    + " after each sentence."
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
                some -> tagger.tagText(String.join("\n", some)).stream().map(Sentence::new),
                Sentences::new);
        return 0;
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
