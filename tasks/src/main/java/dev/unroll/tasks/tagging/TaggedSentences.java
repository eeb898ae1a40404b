package dev.unroll.tasks.tagging;

import dev.unroll.data.Corpus;
import dev.unroll.data.Splits;
import dev.unroll.data.TaggedSentence;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.data.sets.TaggedSentenceSet;
import dev.unroll.data.table.TaggedText;
import dev.unroll.tasks.recipe.RecipeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The sentences whose words have tags that a recipe names. */
public final class TaggedSentences {
    private TaggedSentences() {}

    /**
     * Your own sentences.
     *
     * @throws RecipeException if there are fewer than two tags, or no sentence for training or for
     *     validation
     */
    public static Corpus<TaggedSentence> of(
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
                    ("%s: %d sentences for training with the tags %s, %d for validation: at least"
                                    + " two tags, and a sentence for validation ('data.validation')")
                            .formatted(
                                    name, splits.train().size(), tags, splits.validation().size()));
        }
        return new Corpus<>(name, splits)
                .labelled(tags)
                .remarking(remarks)
                .remarkingUntaught(TaggedSentence::tags);
    }

    /**
     * The data of a recipe.
     *
     * @param files finds or fetches the files of published sets
     * @throws IOException if a file cannot be had, or is malformed
     */
    public static Corpus<TaggedSentence> of(TaggingData recipe, long seed, DataFiles files)
            throws IOException {
        if (recipe.own()) {
            return own(recipe, seed);
        }
        TaggedSentenceSet set = recipe.published(TaggedSentenceSet.class);
        return of(set.name(), set.load(files), List.of());
    }

    private static Corpus<TaggedSentence> own(TaggingData recipe, long seed) throws IOException {
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
}
