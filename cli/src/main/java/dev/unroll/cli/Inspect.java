package dev.unroll.cli;

import dev.unroll.formats.safetensors.Safetensors;
import dev.unroll.tasks.recipe.Recipe;
import dev.unroll.tasks.recipe.RecipeFile;
import dev.unroll.tasks.registry.Tasks;
import dev.unroll.tasks.run.RunFolder;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code unroll inspect}: what is in a run. */
@Command(
        name = "inspect",
        description = "Shows a run's layers, shapes and parameters, and what it was trained on.")
final class Inspect extends RunCommand {

    /** An array of the model. */
    record Layer(String name, List<Integer> shape, long parameters) {}

    /** The contents of a run. */
    record Contents(String run, Recipe recipe, List<Layer> layers, long parameters) {}

    @Override
    public Integer call() throws IOException {
        RunFolder folder = new RunFolder(run);
        folder.requireModel();
        Recipe recipe = Tasks.read(folder, List.of());
        List<Layer> layers =
                Safetensors.read(folder.model()).arrays().entrySet().stream()
                        .map(
                                e ->
                                        new Layer(
                                                e.getKey(),
                                                Arrays.stream(e.getValue().shape())
                                                        .boxed()
                                                        .toList(),
                                                e.getValue().values().length))
                        .toList();
        long parameters = layers.stream().mapToLong(Layer::parameters).sum();
        answer.give(
                new Contents(run.toString(), recipe, layers, parameters),
                text(recipe, layers, parameters));
        return 0;
    }

    private static String text(Recipe recipe, List<Layer> layers, long parameters) {
        StringBuilder text = new StringBuilder();
        int widest = layers.stream().mapToInt(l -> l.name().length()).max().orElse(0);
        for (Layer layer : layers) {
            String format = "%-" + widest + "s  %-14s %,12d%n";
            text.append(format.formatted(layer.name(), layer.shape(), layer.parameters()));
        }
        boolean twoBiases = layers.stream().anyMatch(l -> l.name().contains("bias_hh"));
        text.append(
                "%,d numbers%s%n%n"
                        .formatted(
                                parameters,
                                twoBiases
                                        ? ", with the second bias that recurrent layers have under"
                                                + " PyTorch's names"
                                        : ""));
        return text.append(RecipeFile.write(recipe)).toString();
    }
}
