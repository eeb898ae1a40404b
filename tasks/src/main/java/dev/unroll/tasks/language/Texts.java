package dev.unroll.tasks.language;

import dev.unroll.data.Corpus;
import dev.unroll.data.fetch.DataFiles;
import dev.unroll.data.sets.TextSet;
import dev.unroll.formats.files.NotUtf8Exception;
import dev.unroll.formats.files.Utf8;
import dev.unroll.tasks.recipe.RecipeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.BreakIterator;
import java.util.List;
import java.util.Locale;

/** The text that a recipe names: each part of the corpus is one long text. */
public final class Texts {
    private Texts() {}

    /** Your own text: a share at its end is kept. */
    public static Corpus<String> of(String name, String text, double validation) {
        int end = boundary(text, (int) (text.length() * (1 - validation)));
        return new Corpus<>(
                name, List.of(text.substring(0, end)), List.of(text.substring(end)), List.of());
    }

    /**
     * The place itself or the next before it that lies between two characters as people see them.
     */
    private static int boundary(String text, int place) {
        BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
        characters.setText(text);
        return place >= text.length() || characters.isBoundary(place)
                ? place
                : characters.preceding(place);
    }

    /**
     * The data of a recipe.
     *
     * @throws IOException if a file cannot be had, or is malformed
     */
    public static Corpus<String> of(LanguageData recipe, DataFiles files) throws IOException {
        if (recipe.own()) {
            return of(recipe.file(), read(recipe.file()), recipe.validation());
        }
        TextSet set = recipe.published(TextSet.class);
        return new Corpus<>(set.name(), set.load(files));
    }

    private static String read(String file) throws IOException {
        Path path = Path.of(file);
        if (file.isEmpty() || !Files.isRegularFile(path)) {
            throw new RecipeException(
                    "'data.file': there is no file '" + file + "'; name a text in UTF-8");
        }
        try {
            return Utf8.readUnpacked(path);
        } catch (NotUtf8Exception e) {
            throw new RecipeException("'data.file': " + e.getMessage(), e);
        } catch (OutOfMemoryError e) {
            throw new IOException(file + " is too large to read as one text", e);
        }
    }
}
