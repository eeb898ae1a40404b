package dev.unroll.cli;

import dev.unroll.data.Nearest;
import dev.unroll.tasks.recipe.Recipe;
import dev.unroll.tasks.recipe.RecipeException;
import dev.unroll.tasks.registry.Tasks;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Recipes by the path of a file, or by the name of one that comes with Unroll. */
final class Recipes {
    private Recipes() {}

    static Recipe read(String pathOrName, List<String> changes, PrintWriter err)
            throws IOException {
        List<String> remarks = new ArrayList<>();
        Recipe recipe = read(pathOrName, changes, remarks);
        remarks.forEach(err::println);
        return recipe;
    }

    private static Recipe read(String pathOrName, List<String> changes, List<String> remarks)
            throws IOException {
        if (Files.isRegularFile(Path.of(pathOrName))) {
            return Tasks.read(Path.of(pathOrName), changes, remarks);
        }
        String yaml = BundledRecipes.text(name(pathOrName));
        if (yaml == null) {
            String nearest = Nearest.to(name(pathOrName), BundledRecipes.names());
            throw new RecipeException(
                    "there is no recipe %s; did you mean '%s'? Give a file, or the name of one that"
                                    .formatted(pathOrName, nearest)
                            + " comes with Unroll: 'unroll recipes' lists them");
        }
        return Tasks.parse(yaml, changes, name(pathOrName), remarks);
    }

    /** The name of a recipe: its file's, without folder and ending. */
    static String name(String pathOrName) {
        String file = String.valueOf(Path.of(pathOrName).getFileName());
        return file.replaceFirst("\\.ya?ml$", "");
    }
}
