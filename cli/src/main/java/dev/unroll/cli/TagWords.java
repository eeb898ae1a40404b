package dev.unroll.cli;

import dev.unroll.data.table.ConlluWriter;
import dev.unroll.data.table.TableCell;
import dev.unroll.data.table.TableFormat;
import dev.unroll.data.table.TableRow;
import dev.unroll.data.table.UnusableRowException;
import dev.unroll.tasks.registry.Tasks;
import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tasks.tagging.Tag;
import dev.unroll.tasks.tagging.Tagger;
import dev.unroll.tasks.tagging.TaggingRecipe;
import dev.unroll.tasks.tagging.WordSplitter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code unroll tag}: a tag for each word of a text. */
@Command(
        name = "tag",
        description = {
            "Gives each word of a text a tag, with its probability: a word a line, and a blank line"
                    + " after each sentence. A blank line in the text is a sentence without words.",
            "In a table the words are in the column tokens, their tags in prediction and the tags'"
                    + " probabilities in probability. CoNLL-U (.conllu) is read and written, too:"
                    + " the tag is its UPOS."
        })
final class TagWords extends TextCommand<TagWords.Sentences, TagWords.Tagged> {

    @Option(
            names = "--words",
            paramLabel = "HOW",
            description = {
                "How a text is split into words: english splits a running text by the rules of English, spaces"
                        + " at white space. If left out, spaces for a table where the run was"
                        + " trained on a table's column of words, else english."
            })
    @Nullable Words words;

    /** How a text is split into words before they are tagged. */
    enum Words {
        ENGLISH,
        SPACES
    }

    /**
     * The sentences of a row.
     *
     * @param words of each
     */
    record Sentences(List<List<String>> words) {}

    /**
     * The sentences of a row with their tags.
     *
     * @param sentences in order
     */
    record Tagged(List<Sentence> sentences) {}

    /** A sentence, word by word. */
    record Sentence(List<Tag> words) {}

    /** All of them. */
    record AllSentences(List<Sentence> sentences) {}

    @Override
    public Integer call() throws IOException {
        Tagger tagger = Tagger.load(run);
        SmallHeap.keep();
        Optional<String> column =
                Tasks.read(new RunFolder(run), List.of()) instanceof TaggingRecipe recipe
                        ? Optional.of(recipe.data().text()).filter(name -> !name.isEmpty())
                        : Optional.empty();
        return answer(
                what(),
                new Texts(tagger, column, words),
                all ->
                        new AllSentences(
                                all.stream()
                                        .flatMap(one -> one.sentences().stream())
                                        .filter(sentence -> !sentence.words().isEmpty())
                                        .toList()));
    }

    /** The texts of an input. */
    private record Texts(Tagger tagger, Optional<String> trainedOn, @Nullable Words asked)
            implements ColumnTask<Sentences, Tagged> {

        @Override
        public Sentences input(TableRow row, String column) throws UnusableRowException {
            boolean english =
                    asked == null
                            ? trainedOn.isEmpty() || row.format() == TableFormat.TEXT
                            : asked == Words.ENGLISH;
            boolean split = english && !row.isList(column);
            if (split) {
                return new Sentences(WordSplitter.sentences(row.text(column)));
            }
            List<String> given = row.words(column);
            return new Sentences(given.isEmpty() ? List.of() : List.of(given));
        }

        @Override
        public List<Tagged> answers(List<Sentences> texts) {
            List<List<Tag>> tags =
                    tagger.predictAll(
                            texts.stream().flatMap(text -> text.words().stream()).toList());
            List<Tagged> answers = new ArrayList<>();
            int at = 0;
            for (Sentences text : texts) {
                int end = at + text.words().size();
                answers.add(new Tagged(tags.subList(at, end).stream().map(Sentence::new).toList()));
                at = end;
            }
            return answers;
        }

        @Override
        public List<String> columns() {
            return List.of("tokens", "prediction", "probability");
        }

        @Override
        public List<TableCell> cells(Tagged one) {
            return List.of(
                    several(one, tag -> new TableCell.Text(tag.word())),
                    several(one, tag -> new TableCell.Text(tag.tag())),
                    several(one, tag -> new TableCell.Decimal(tag.probability())));
        }

        private static TableCell several(Tagged one, Function<Tag, TableCell> cell) {
            return new TableCell.Several(
                    one.sentences().stream()
                            .flatMap(sentence -> sentence.words().stream())
                            .map(cell)
                            .toList());
        }

        @Override
        public Sink<Tagged> sink(
                TableFormat format, Appendable out, List<String> read, List<String> added)
                throws IOException {
            if (format != TableFormat.CONLLU) {
                return ColumnTask.super.sink(format, out, read, added);
            }
            ConlluWriter writer = new ConlluWriter(out);
            return (row, one) ->
                    writer.write(
                            row,
                            one.sentences().stream()
                                    .map(
                                            sentence ->
                                                    sentence.words().stream()
                                                            .map(TagWords::word)
                                                            .toList())
                                    .toList());
        }
    }

    private static ConlluWriter.Word word(Tag tag) {
        return new ConlluWriter.Word(tag.word(), tag.tag(), tag.probability());
    }

    @Override
    void show(Tagged one) {
        if (one.sentences().isEmpty()) {
            answer.people().println();
        }
        for (Sentence sentence : one.sentences()) {
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
}
