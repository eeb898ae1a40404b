package dev.unroll.tasks.tagging;

import dev.unroll.tasks.Split;
import dev.unroll.tasks.data.DataFiles;
import dev.unroll.tasks.data.Splits;
import dev.unroll.tasks.data.TaggedSentence;
import dev.unroll.tasks.data.TaggedSentenceSet;
import dev.unroll.tasks.data.TaggedText;
import dev.unroll.tasks.recipe.RecipeException;
import dev.unroll.tasks.recipe.TaggingData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Sentences to learn from, to decide with and to be judged by.
 *
 * @param name for people
 * @param tags all that occur
 * @param splits the sentences
 * @param remarks what should be known of the data, such as lines that cannot be read
 */
public record TaggedSentences(
        String name, List<String> tags, Splits<TaggedSentence> splits, List<String> remarks) {
    public TaggedSentences {
        tags = List.copyOf(tags);
        remarks = List.copyOf(remarks);
    }

    /**
     * Your own sentences.
     *
     * @throws RecipeException if there are fewer than two tags, or no sentence to learn from or to
     *     decide with
     */
    public static TaggedSentences of(
            String name, Splits<TaggedSentence> splits, List<String> remarks) {
        List<String> tags =
                Stream.of(splits.train(), splits.validation(), splits.test())
                        .flatMap(List::stream)
                        .flatMap(sentence -> sentence.tags().stream())
                        .distinct()
                        .sorted()
                        .toList();
        if (tags.size() < 2 || splits.train().isEmpty() || splits.validation().isEmpty()) {
            throw new RecipeException(
                    ("%s: %d sentences to learn from with the tags %s, %d to decide with: at least"
                                    + " two tags, and a sentence to decide with ('data.validation')")
                            .formatted(
                                    name, splits.train().size(), tags, splits.validation().size()));
        }
        return new TaggedSentences(name, tags, splits, remarks);
    }

    /**
     * The data of a recipe.
     *
     * @param files finds or fetches the files of published sets
     * @throws IOException if a file cannot be had, or is malformed
     */
    public static TaggedSentences of(TaggingData recipe, long seed, DataFiles files)
            throws IOException {
        if (recipe.own()) {
            return own(recipe, seed);
        }
        TaggedSentenceSet set = recipe.published(TaggedSentenceSet.class);
        return of(set.name(), set.load(files), List.of());
    }

    private static TaggedSentences own(TaggingData recipe, long seed) throws IOException {
        if (recipe.file().isEmpty()) {
            throw new RecipeException(
                    "'data.file' is missing: name your own file, or a set in 'data.set'");
        }
        List<String> remarks = new ArrayList<>();
        List<TaggedSentence> all = read(recipe.file(), recipe, remarks);
        boolean validates = !recipe.validationFile().isEmpty();
        boolean tests = !recipe.testFile().isEmpty();
        Splits<TaggedSentence> splits =
                Splits.of(
                        recipe.file(),
                        all,
                        validates ? 0 : recipe.validation(),
                        tests ? 0 : recipe.test(),
                        seed);
        return of(
                recipe.file(),
                new Splits<>(
                        splits.train(),
                        validates
                                ? read(recipe.validationFile(), recipe, remarks)
                                : splits.validation(),
                        tests ? read(recipe.testFile(), recipe, remarks) : splits.test()),
                remarks);
    }

    private static List<TaggedSentence> read(String file, TaggingData recipe, List<String> remarks)
            throws IOException {
        TaggedText text =
                recipe.text().isEmpty()
                        ? TaggedText.of(Path.of(file))
                        : TaggedText.of(Path.of(file), recipe.text(), recipe.tags());
        remarks.addAll(text.remarks());
        return text.sentences();
    }

    /**
     * A part to measure on.
     *
     * @throws IllegalArgumentException if there is nothing in it
     */
    List<TaggedSentence> part(Split split) {
        return split.requireSome(
                split.of(splits.test(), splits.validation()),
                name,
                "'data.test' or 'data.testFile'");
    }
}
