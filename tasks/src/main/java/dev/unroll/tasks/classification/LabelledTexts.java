package dev.unroll.tasks.classification;

import dev.unroll.data.Corpus;
import dev.unroll.data.LabelledText;
import dev.unroll.data.Splits;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.data.sets.LabelledTextSet;
import dev.unroll.data.table.Table;
import dev.unroll.tasks.recipe.RecipeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The texts and their classes that a recipe names. */
public final class LabelledTexts {
    private LabelledTexts() {}

    /**
     * Your own texts.
     *
     * @param texts split at random, class by class: shares for validation and test as the recipe
     *     says
     */
    public static Corpus<LabelledText> of(
            String name, List<LabelledText> texts, ClassificationData recipe, long seed) {
        Splits<LabelledText> parts = byClass(name, texts, 0, recipe.test(), seed);
        return own(name, classes(texts), parts.train(), parts.test(), recipe, seed);
    }

    private static Corpus<LabelledText> own(
            String name,
            List<String> classes,
            List<LabelledText> training,
            List<LabelledText> test,
            ClassificationData recipe,
            long seed) {
        requireClasses(name, classes, training);
        return of(name, classes, byClass(name, training, recipe.validation(), 0, seed), test);
    }

    private static Splits<LabelledText> byClass(
            String name, List<LabelledText> texts, double validation, double test, long seed) {
        return Splits.byClass(name, texts, LabelledText::label, validation, test, seed);
    }

    /**
     * The data of a recipe.
     *
     * @param files finds or fetches the files of published sets
     * @throws IOException if a file cannot be had, or is malformed
     */
    public static Corpus<LabelledText> of(ClassificationData recipe, long seed, DataFiles files)
            throws IOException {
        return recipe.own() ? own(recipe, seed) : published(recipe, seed, files);
    }

    private static Corpus<LabelledText> own(ClassificationData recipe, long seed)
            throws IOException {
        if (recipe.files().file().isEmpty()) {
            throw new RecipeException(
                    "'data.file' is missing: name your own file, or a set in 'data.set'");
        }
        Table table = table(recipe.files().file(), recipe);
        if (recipe.files().testFile().isEmpty()) {
            return of(recipe.files().file(), texts(table), recipe, seed).remarking(table.remarks());
        }
        List<LabelledText> training = texts(table);
        List<String> classes = classes(training);
        Table test = known(table(recipe.files().testFile(), recipe), classes);
        return own(recipe.files().file(), classes, training, texts(test), recipe, seed)
                .remarking(table.remarks())
                .remarking(test.remarks());
    }

    private static Table table(String file, ClassificationData recipe) throws IOException {
        return Table.read(Path.of(file), List.of(recipe.files().label(), recipe.files().text()));
    }

    private static List<LabelledText> texts(Table table) {
        return table.rows().stream()
                .map(row -> new LabelledText(row.value(0).strip(), row.value(1)))
                .toList();
    }

    /** Without rows of classes that cannot be learnt. */
    private static Table known(Table test, List<String> classes) throws IOException {
        List<Table.Problem> strange = new ArrayList<>();
        for (Table.Row row : test.rows()) {
            if (!classes.contains(row.value(0).strip())) {
                strange.add(row.problem("no training text is of '" + row.value(0) + "'"));
            }
        }
        return test.without(strange, Table.TOLERANCE);
    }

    private static Corpus<LabelledText> published(
            ClassificationData recipe, long seed, DataFiles files) throws IOException {
        LabelledTextSet set = recipe.published(LabelledTextSet.class);
        LabelledTextSet.Request request =
                new LabelledTextSet.Request(
                        recipe.made().examples(),
                        recipe.made().heldOut(),
                        recipe.maxTokens(),
                        seed);
        Splits<LabelledText> splits;
        try {
            splits = set.load(files, request);
        } catch (IllegalArgumentException e) {
            throw new RecipeException("'data': " + e.getMessage(), e);
        }
        List<LabelledText> training = plain(splits.train());
        requireClasses(set.name(), set.labels(), training);
        return of(
                set.name(),
                set.labels(),
                Splits.of(set.name(), training, recipe.validation(), 0, seed),
                plain(splits.test()));
    }

    /** Line breaks as white space: IMDB has them as HTML. */
    private static List<LabelledText> plain(List<LabelledText> texts) {
        return texts.stream()
                .map(t -> new LabelledText(t.label(), t.text().replace("<br />", " ")))
                .toList();
    }

    private static void requireClasses(
            String name, List<String> classes, List<LabelledText> training) {
        if (classes.size() < 2) {
            throw new RecipeException(
                    "%s: %d texts of the classes %s: there must be at least two classes"
                            .formatted(name, training.size(), classes));
        }
    }

    /**
     * @param learnt the training set and the validation set
     */
    private static Corpus<LabelledText> of(
            String name,
            List<String> classes,
            Splits<LabelledText> learnt,
            List<LabelledText> test) {
        return new Corpus<>(name, learnt.train(), learnt.validation(), test)
                .labelled(classes)
                .remarkingUntaught(text -> List.of(text.label()));
    }

    private static List<String> classes(List<LabelledText> texts) {
        return texts.stream().map(LabelledText::label).distinct().sorted().toList();
    }
}
