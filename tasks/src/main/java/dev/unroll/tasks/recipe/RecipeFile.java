package dev.unroll.tasks.recipe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** Recipes as YAML. Unknown keys are refused, and the nearest right one is named. */
public final class RecipeFile {
    private static final YAMLMapper YAML =
            YAMLMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .disable(YAMLWriteFeature.USE_NATIVE_TYPE_ID) // task: classify, as people write
                    .addModule(Kinds.module())
                    .enumNamingStrategy(EnumNamingStrategies.KEBAB_CASE)
                    .build();

    private RecipeFile() {}

    /**
     * Reads a recipe and applies changes to it.
     *
     * @param changes like {@code training.epochs=3}
     * @throws RecipeException if it is not a recipe; the message names the file, the key and what
     *     is allowed
     */
    public static Recipe read(Path file, List<String> changes) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new RecipeException(
                    "there is no recipe "
                            + file
                            + "; the ones that come with Unroll are in recipes/");
        }
        return parse(Files.readString(file), changes, file.toString());
    }

    /** The same from text; {@code name} stands for it in messages. */
    public static Recipe parse(String yaml, List<String> changes, String name) {
        try {
            JsonNode tree = YAML.readTree(yaml);
            if (!(tree instanceof ObjectNode root)) {
                throw new RecipeException("expected keys like 'data' and 'model'");
            }
            changes.forEach(change -> apply(root, change));
            Mistakes.requireTask(root);
            readForwards(root);
            return YAML.treeToValue(root, Recipe.class);
        } catch (RecipeException e) {
            throw new RecipeException(name + ": " + e.getMessage());
        } catch (JacksonException e) {
            throw new RecipeException(name + ": " + Mistakes.told(e));
        }
    }

    /**
     * A recipe of one task, from text.
     *
     * @throws RecipeException if it is not a recipe, or one of another task
     */
    public static <R extends Recipe> R parse(Class<R> task, String yaml, String... changes) {
        Recipe recipe = parse(yaml, List.of(changes), "recipe");
        if (!task.isInstance(recipe)) {
            throw new RecipeException(
                    "a %s was asked for, and 'task' makes this a %s"
                            .formatted(task.getSimpleName(), recipe.getClass().getSimpleName()));
        }
        return task.cast(recipe);
    }

    /** A recipe as YAML. */
    public static String write(Recipe recipe) {
        return YAML.writerFor(Recipe.class).writeValueAsString(recipe);
    }

    /** A language model's network reads forwards, where nothing else is said. */
    private static void readForwards(ObjectNode root) {
        if (root.path("task").asString("").equals(Recipe.GENERATE)
                && root.get("model") instanceof ObjectNode model
                && !model.hasNonNull("bidirectional")) {
            model.put("bidirectional", false);
        }
    }

    private static void apply(ObjectNode root, String change) {
        int equals = change.indexOf('=');
        if (equals < 1) {
            throw new RecipeException(
                    "'" + change + "' is not a change; write key=value, like training.epochs=3");
        }
        String[] path = change.substring(0, equals).split("\\.", -1);
        ObjectNode node = root;
        for (int i = 0; i + 1 < path.length; i++) {
            JsonNode next = node.get(path[i]);
            node = next instanceof ObjectNode object ? object : node.putObject(path[i]);
        }
        node.set(path[path.length - 1], YAML.readTree(change.substring(equals + 1)));
    }
}
