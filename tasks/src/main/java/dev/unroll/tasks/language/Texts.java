package dev.unroll.tasks.language;

import dev.unroll.tasks.data.DataFiles;
import dev.unroll.tasks.data.Splits;
import dev.unroll.tasks.data.TextSet;
import dev.unroll.tasks.recipe.LanguageData;
import dev.unroll.tasks.recipe.RecipeException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A text to learn from and one to be judged by.
 *
 * @param name for people
 * @param training to learn from
 * @param validation to decide with and be judged by
 */
public record Texts(String name, String training, String validation) {

    /** Your own text: a share at its end is kept. */
    public static Texts of(String name, String text, double validation) {
        int end = (int) (text.length() * (1 - validation));
        return new Texts(name, text.substring(0, end), text.substring(end));
    }

    /**
     * The data of a recipe.
     *
     * @throws IOException if a file cannot be had, or is malformed
     */
    public static Texts of(LanguageData recipe, DataFiles files) throws IOException {
        if (recipe.own()) {
            return of(recipe.file(), read(recipe.file()), recipe.validation());
        }
        TextSet set = recipe.published(TextSet.class);
        Splits<String> splits = set.load(files);
        return new Texts(set.name(), splits.train().getFirst(), splits.validation().getFirst());
    }

    private static String read(String file) throws IOException {
        Path path = Path.of(file);
        if (file.isEmpty() || !Files.isRegularFile(path)) {
            throw new RecipeException(
                    "'data.file': there is no file '" + file + "'; name a text in UTF-8");
        }
        try {
            return Files.readString(path);
        } catch (CharacterCodingException e) {
            RecipeException mistake =
                    new RecipeException("'data.file': " + file + " is not a text in UTF-8");
            mistake.initCause(e);
            throw mistake;
        } catch (OutOfMemoryError e) {
            throw new IOException(file + " is too large to read as one text", e);
        }
    }
}
