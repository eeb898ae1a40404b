package dev.unroll.tasks.recipe;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.unroll.formats.files.Utf8;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** Recipes as YAML. Unknown keys are refused, and the nearest right one is named. */
public final class RecipeFile {
    static {
        JacksonAnnotations.require();
    }

    private static final YAMLMapper YAML =
            YAMLMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .disable(YAMLWriteFeature.USE_NATIVE_TYPE_ID) // task: classify, as people write
                    .addModule(OptimiserAndScheduleKinds.module())
                    .addModule(new SimpleModule().setDeserializerModifier(new Defaults()))
                    .enumNamingStrategy(EnumNamingStrategies.KEBAB_CASE)
                    .build();

    /** The cost of reading a long line grows with its square. */
    private static final long MOST_BYTES = 1 << 18;

    private static final String KIND = "model.kind=";
    private static final String PRETRAINED = "model." + PretrainedRecipe.PRETRAINED + "=";

    private RecipeFile() {}

    /**
     * Reads a recipe and applies changes to it.
     *
     * @param types recipes of the tasks that there are
     * @param changes like {@code training.epochs=3}
     * @param remarks gets a line where a change of {@code model.kind} drops keys that the new kind
     *     does not have
     * @throws RecipeException if it is not a recipe; the message names the file, the key and what
     *     is allowed
     */
    public static Recipe read(
            Collection<? extends Class<? extends Recipe>> types,
            Path file,
            List<String> changes,
            List<String> remarks)
            throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new RecipeException(
                    "there is no recipe "
                            + file
                            + "; the ones that come with Unroll are in recipes/");
        }
        if (Files.size(file) > MOST_BYTES) {
            throw new RecipeException(
                    "%s: has %,d bytes, and a recipe has at most %,d; is it another file?"
                            .formatted(file, Files.size(file), MOST_BYTES));
        }
        return parse(
                types,
                Utf8.read(file),
                changes,
                file.toString(),
                remarks,
                file.toAbsolutePath().getParent());
    }

    /** Reads a recipe from text; {@code name} stands for it in messages. */
    public static Recipe parse(
            Collection<? extends Class<? extends Recipe>> types,
            String yaml,
            List<String> changes,
            String name,
            List<String> remarks) {
        return parse(types, yaml, changes, name, remarks, null);
    }

    /**
     * Reads a recipe from text.
     *
     * @param folder where files that it names are looked for first; null for none
     */
    private static Recipe parse(
            Collection<? extends Class<? extends Recipe>> types,
            String yaml,
            List<String> changes,
            String name,
            List<String> remarks,
            @Nullable Path folder) {
        return told(
                name,
                () -> {
                    ObjectNode root = tree(yaml);
                    namePretrained(root);
                    String before = root.path("model").path("kind").asString("");
                    changes.stream()
                            .filter(change -> change.startsWith(KIND))
                            .forEach(change -> apply(root, change));
                    if (changes.stream().anyMatch(change -> change.startsWith(PRETRAINED))) {
                        apply(root, KIND + PretrainedRecipe.PRETRAINED);
                    }
                    remarks.addAll(dropKeysOfOtherKind(root, before));
                    if (folder != null) {
                        Locations.findIn(folder, root, Mistakes.requireTask(root, types));
                    }
                    changes.forEach(change -> apply(root, change));
                    Class<? extends Recipe> type = Mistakes.requireTask(root, types);
                    requireText(root, type);
                    Locations.findIn(Path.of(""), root, type);
                    return YAML.readerFor(type).readValue(root);
                });
    }

    /** What is read from a file or text of a name, or the failure, which names it. */
    private static <T> T told(String name, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (RecipeException e) {
            throw new RecipeException(name + ": " + e.getMessage());
        } catch (JacksonException e) {
            throw new RecipeException(name + ": " + Mistakes.told(e));
        }
    }

    /**
     * Reads a recipe of one task from text.
     *
     * @throws RecipeException if it is not a recipe, or one of another task
     */
    public static <R extends Recipe> R parse(Class<R> type, String yaml, String... changes) {
        return type.cast(parse(List.of(type), yaml, List.of(changes), "recipe", new ArrayList<>()));
    }

    /** A part of a recipe by its keys; those that are left out have their usual values. */
    public static <T> T part(Class<T> type, Map<String, ?> keys) {
        return YAML.convertValue(keys, type);
    }

    /** A recipe as YAML. */
    public static String write(Recipe recipe) {
        return YAML.writerFor(Recipe.class).writeValueAsString(recipe);
    }

    /** The name of the task that a class of recipes is for. */
    public static String task(Class<? extends Recipe> type) {
        JsonTypeName name = type.getAnnotation(JsonTypeName.class);
        if (name == null) {
            throw new IllegalArgumentException(
                    type.getName() + ": a recipe names its task in the annotation JsonTypeName");
        }
        return name.value();
    }

    /**
     * The name of the task that a recipe's file is for; empty if it names none.
     *
     * @throws RecipeException if it is not a recipe
     */
    public static String task(Path file) throws IOException {
        String yaml = Utf8.read(file);
        return told(file.toString(), () -> tree(yaml).path("task").asString(""));
    }

    /**
     * The pretrained encoder that a recipe's file trains on, of whatever task; empty if it names
     * none.
     *
     * @throws RecipeException if it is not a recipe
     */
    public static Optional<PretrainedRecipe> pretrained(Path file) throws IOException {
        String yaml = Utf8.read(file);
        return told(file.toString(), () -> pretrained(tree(yaml)));
    }

    /** The pretrained encoder that a recipe trains on, of whatever task; empty if it names none. */
    public static Optional<PretrainedRecipe> pretrained(Recipe recipe) {
        return pretrained(YAML.<JsonNode>valueToTree(recipe));
    }

    private static Optional<PretrainedRecipe> pretrained(JsonNode root) {
        JsonNode model = root.path("model");
        return model.has(PretrainedRecipe.PRETRAINED)
                ? Optional.of(YAML.treeToValue(model, PretrainedRecipe.class))
                : Optional.empty();
    }

    /**
     * {@return whether a key such as {@code data.file} names a file or a folder, which may have
     * been moved}
     *
     * @param type of the recipe
     */
    public static boolean isLocation(Class<? extends Recipe> type, String key) {
        return Locations.isOne(type, key);
    }

    /**
     * Refuses a recipe whose data have been moved: an absolute file or folder that is not there.
     *
     * @throws RecipeException that names the key by which it is told where they lie now
     */
    public static void requireLocations(Recipe recipe) {
        Locations.require(recipe.getClass(), YAML.valueToTree(recipe));
    }

    /** The keys whose values differ between two recipes or parts, such as {@code model.hidden}. */
    public static List<String> differences(Object left, Object right) {
        List<String> keys = new ArrayList<>();
        differences("", YAML.valueToTree(left), YAML.valueToTree(right), keys);
        return keys;
    }

    private static void differences(String at, JsonNode left, JsonNode right, List<String> keys) {
        if (left instanceof ObjectNode && right instanceof ObjectNode) {
            Set<String> names = new LinkedHashSet<>(left.propertyNames());
            names.addAll(right.propertyNames());
            for (String name : names) {
                String key = at.isEmpty() ? name : at + "." + name;
                differences(key, left.path(name), right.path(name), keys);
            }
        } else if (!left.equals(right)) {
            keys.add(at);
        }
    }

    private static ObjectNode tree(String yaml) {
        RecipeChecks.check(YAML, yaml, "");
        if (YAML.readTree(new WholeCharacters(yaml)) instanceof ObjectNode root) {
            return root;
        }
        throw new RecipeException("expected keys like 'task', 'data' and 'model'");
    }

    /** A model with the key {@code pretrained} is of that kind, whether it says so or not. */
    private static void namePretrained(ObjectNode root) {
        if (root.get("model") instanceof ObjectNode model
                && model.has(PretrainedRecipe.PRETRAINED)) {
            model.put("kind", PretrainedRecipe.PRETRAINED);
        }
    }

    private static void requireText(ObjectNode root, Class<? extends Recipe> type) {
        if (root.path("model").has(PretrainedRecipe.PRETRAINED)
                && !Locations.mayBePretrained(type)) {
            throw new RecipeException(
                    "'model.pretrained': a pretrained encoder reads text, and the task '%s' does not; give it a model.kind"
                            .formatted(task(type)));
        }
    }

    /**
     * Drops the keys that the file gives to the network and that the kind put in place of the
     * file's does not have.
     */
    private static List<String> dropKeysOfOtherKind(ObjectNode root, String before) {
        if (!(root.get("model") instanceof ObjectNode model)) {
            return List.of();
        }
        String kind = model.path("kind").asString("");
        if (kind.equals(before)) {
            return List.of();
        }
        List<String> dropped = new ArrayList<>(model.propertyNames());
        dropped.removeAll(
                before.isEmpty()
                        ? NetworkRecipe.keys(kind)
                        : NetworkRecipe.commonKeys(before, kind));
        if (dropped.isEmpty()) {
            return List.of();
        }
        dropped.forEach(model::remove);
        return List.of(
                "model.kind=%s: without the recipe's %s, which this kind does not have"
                        .formatted(
                                kind,
                                dropped.stream()
                                        .map(key -> "'model." + key + "'")
                                        .collect(Collectors.joining(", "))));
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
        RecipeChecks.check(YAML, change.substring(equals + 1), change.substring(0, equals));
        JsonNode value = YAML.readTree(new WholeCharacters(change.substring(equals + 1)));
        if (value.isMissingNode()) {
            throw new RecipeException(
                    "'%s' has no value; write key=value, like training.epochs=3, and key='' for an"
                                    .formatted(change)
                            + " empty text");
        }
        node.set(path[path.length - 1], value);
    }
}
