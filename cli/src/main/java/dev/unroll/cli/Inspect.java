package dev.unroll.cli;

import dev.unroll.formats.safetensors.SafetensorsFile;
import dev.unroll.pretrained.ModelFiles;
import dev.unroll.pretrained.Pretrained;
import dev.unroll.tasks.recipe.Recipe;
import dev.unroll.tasks.recipe.RecipeFile;
import dev.unroll.tasks.registry.Tasks;
import dev.unroll.tasks.run.Manifest;
import dev.unroll.tasks.run.RunEnvironment;
import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tasks.run.RunOrigin;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code unroll inspect}: what is in a run. */
@Command(
        name = "inspect",
        description = "Shows a run's layers, shapes and parameters, and what it was trained on.")
final class Inspect extends RunCommand {

    @Option(
            names = "--verify",
            description = {
                "Only compare the run's files with the checksums in its manifest.json, and say"
                        + " which are changed or missing."
            })
    boolean verify;

    /** The states of a run's files; none where it has no manifest. */
    record Verified(String run, Map<String, Manifest.State> files) {
        boolean isIntact() {
            return files.values().stream().allMatch(Manifest.State.INTACT::equals);
        }

        String text() {
            if (files.isEmpty()) {
                return run
                        + " has no manifest.json to verify it by: an earlier version wrote it, or"
                        + " its training was killed";
            }
            StringBuilder text = new StringBuilder();
            files.forEach(
                    (name, state) ->
                            text.append(
                                    "%-8s  %s%n"
                                            .formatted(
                                                    state.name().toLowerCase(Locale.ROOT), name)));
            return text.toString();
        }
    }

    /** An array of the model. */
    record Layer(String name, List<Integer> shape, long parameters) {
        static Layer of(String name, int[] shape) {
            long parameters = Arrays.stream(shape).asLongStream().reduce(1, (a, b) -> a * b);
            return new Layer(name, Arrays.stream(shape).boxed().toList(), parameters);
        }
    }

    /**
     * The contents of a run; origin is null where the run does not say it, and the recipe where
     * others trained it.
     */
    record Contents(
            String run,
            @Nullable Recipe recipe,
            List<Layer> layers,
            long parameters,
            @Nullable RunOrigin origin) {}

    @Override
    public Integer call() throws IOException {
        RunFolder folder = new RunFolder(run);
        if (verify) {
            return verified(folder);
        }
        boolean imported = folder.isImported();
        if (!imported) {
            folder.requireModel();
        }
        Recipe recipe = imported ? null : Tasks.read(folder, List.of());
        List<Layer> layers = layers(folder);
        long parameters = layers.stream().mapToLong(Layer::parameters).sum();
        RunOrigin origin = Manifest.read(folder).flatMap(Manifest::origin).orElse(null);
        answer.give(
                new Contents(run.toString(), recipe, layers, parameters, origin),
                text(recipe, layers, parameters) + text(origin));
        return 0;
    }

    /** The arrays of a model's weights, by the headers of its files alone. */
    private static List<Layer> layers(RunFolder folder) throws IOException {
        if (folder.isImported()) {
            return layers(Pretrained.shapes(ModelFiles.folder(folder.directory())));
        }
        try (FileChannel channel = SafetensorsFile.open(folder.model())) {
            return layers(SafetensorsFile.of(channel, folder.model()).shapes());
        }
    }

    private static List<Layer> layers(Map<String, int[]> shapes) {
        return shapes.entrySet().stream()
                .map(array -> Layer.of(array.getKey(), array.getValue()))
                .toList();
    }

    private static String text(@Nullable RunOrigin origin) {
        if (origin == null) {
            return "";
        }
        RunEnvironment last = origin.environment();
        RunOrigin.Data data = origin.data();
        return "%ntrained by Unroll %s with %s%n".formatted(last.unroll(), last.text())
                + (data == null ? "" : "data %s%n".formatted(data.text()));
    }

    private int verified(RunFolder folder) throws IOException {
        Optional<Manifest> manifest = Manifest.read(folder);
        if (manifest.isEmpty()) {
            folder.requireRun(); // one that was imported has no recipe
        }
        Verified verified =
                new Verified(
                        run.toString(),
                        manifest.isPresent() ? manifest.get().states(folder) : Map.of());
        answer.give(verified, verified.text());
        return verified.isIntact() ? 0 : Unroll.FAILED;
    }

    private static String text(@Nullable Recipe recipe, List<Layer> layers, long parameters) {
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
        return text.append(recipe == null ? "imported" : RecipeFile.write(recipe)).toString();
    }
}
