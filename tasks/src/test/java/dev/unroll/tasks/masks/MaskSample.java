package dev.unroll.tasks.masks;

import dev.unroll.tasks.recipe.RecipeFile;
import dev.unroll.tasks.registry.TaskSample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A small training of {@link MaskTask}, to hold it to the contract of all tasks. */
public final class MaskSample implements TaskSample.Maker {
    @Override
    public TaskSample<?, ?, ?, ?> make(Path folder) throws IOException {
        MovingSquares made = MovingSquares.in(folder);
        String[] small = {"data.batches=3", "data.batch=2", "training.epochs=3", "channels=4"};
        var recipe = made.recipe("gru", small);
        return new TaskSample<>(
                MaskTask.TASK,
                RecipeFile.write(recipe),
                MaskTask.TASK.corpus(recipe, MovingSquares.NO_FILES),
                List.of(MovingSquares.given(0)),
                "channels=8");
    }
}
