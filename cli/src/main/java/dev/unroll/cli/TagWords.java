package dev.unroll.cli;

import dev.unroll.tasks.tagging.Tag;
import dev.unroll.tasks.tagging.Tagger;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code unroll tag}: a tag for each word of a text. */
@Command(
        name = "tag",
        mixinStandardHelpOptions = true,
        description = {
            "Gives each word of a text a tag, with its probability: a word a line, and a blank line"
                    + " after each sentence."
        })
final class TagWords implements Callable<Integer> {

    @Mixin TextsForRun texts;

    @Mixin(name = Answer.NAME)
    Answer answer;

    /** A sentence, word by word. */
    record Sentence(List<Tag> words) {}

    /** All of them. */
    record Sentences(List<Sentence> sentences) {}

    @Override
    public Integer call() throws IOException {
        Tagger tagger = Tagger.load(texts.run);
        List<Sentence> all = new ArrayList<>();
        texts.forEachFew(
                some -> {
                    for (List<Tag> sentence : tagger.tagText(String.join("\n", some))) {
                        if (answer.json) {
                            all.add(new Sentence(sentence));
                        } else {
                            show(sentence);
                        }
                    }
                });
        if (answer.json) {
            answer.give(new Sentences(all), "");
        }
        return 0;
    }

    private void show(List<Tag> sentence) {
        for (Tag tag : sentence) {
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
