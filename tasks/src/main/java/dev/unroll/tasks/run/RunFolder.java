package dev.unroll.tasks.run;

import dev.unroll.tasks.recipe.Recipe;
import dev.unroll.tasks.recipe.RecipeFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Everything about one training in plain files:
 *
 * <pre>
 *   recipe.yaml           what was trained on what, and how
 *   tokenizer.json        text to numbers, as Hugging Face's tokenizers reads it
 *   lexicon.json          words and characters to numbers, where a model reads both
 *   classes.json          the names of the classes, in the order of the model's numbers
 *   features.json         how a frame's numbers become what the network sees
 *   model.safetensors     the weights to use, under PyTorch's names
 *   metrics.jsonl         a line a step and a line a measurement
 *   checkpoints/last      to go on from
 *   checkpoints/step-*    the last weights, where their mean is wanted
 * </pre>
 *
 * @param directory the folder
 */
public record RunFolder(Path directory) {

    /** The recipe. */
    public Path recipe() {
        return directory.resolve("recipe.yaml");
    }

    /** The tokenizer. */
    public Path tokenizer() {
        return directory.resolve("tokenizer.json");
    }

    /** The words and characters. */
    public Path lexicon() {
        return directory.resolve("lexicon.json");
    }

    /** The names of the classes. */
    public Path classes() {
        return directory.resolve("classes.json");
    }

    /** How a frame's numbers become what the network sees. */
    public Path features() {
        return directory.resolve("features.json");
    }

    /** The weights to use. */
    public Path model() {
        return directory.resolve("model.safetensors");
    }

    /** The course of the training. */
    public Path metrics() {
        return directory.resolve("metrics.jsonl");
    }

    /** Checkpoints. */
    public Path checkpoints() {
        return directory.resolve("checkpoints");
    }

    /** The recipe that is in the folder. */
    public Recipe readRecipe() throws IOException {
        return readRecipe(List.of());
    }

    /**
     * The same with changes.
     *
     * @param changes like {@code training.epochs=3}
     */
    public Recipe readRecipe(List<String> changes) throws IOException {
        requireRun();
        return RecipeFile.read(recipe(), changes);
    }

    /**
     * The recipe that is in the folder, of the task that is asked for.
     *
     * @param deed what is to be done with it, after "cannot" in the error: {@code translate},
     *     {@code label frames}
     * @throws RunException if the run is for another task
     */
    public <R extends Recipe> R readRecipe(Class<R> task, String deed) throws IOException {
        Recipe recipe = readRecipe();
        if (!task.isInstance(recipe)) {
            throw new RunException(
                    "%s cannot %s: it is a run of another task; see 'unroll inspect %s'"
                            .formatted(directory, deed, directory));
        }
        return task.cast(recipe);
    }

    /** Removes the files of a run, and nothing else. */
    public void clear() throws IOException {
        for (Path file :
                List.of(
                        recipe(),
                        tokenizer(),
                        lexicon(),
                        classes(),
                        features(),
                        model(),
                        metrics())) {
            Files.deleteIfExists(file);
        }
        if (Files.isDirectory(checkpoints())) {
            try (DirectoryStream<Path> files =
                    Files.newDirectoryStream(checkpoints(), "*.safetensors")) {
                for (Path file : files) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Refuses a folder that is no run. */
    public void requireRun() {
        if (!Files.isRegularFile(recipe())) {
            throw new RunException(
                    "%s is no run: it has no recipe.yaml; train one with 'unroll train RECIPE'"
                            .formatted(directory));
        }
    }

    /** Refuses a run without weights. */
    public void requireModel() {
        requireRun();
        if (!Files.isRegularFile(model())) {
            throw new RunException(
                    "%s has no model.safetensors yet; finish its training with 'unroll train %s'"
                            .formatted(directory, directory));
        }
    }
}
