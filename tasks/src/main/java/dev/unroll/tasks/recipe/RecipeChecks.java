package dev.unroll.tasks.recipe;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What a recipe's text must not have, whatever its keys mean. */
final class RecipeChecks {
    private RecipeChecks() {}

    /** An object of the text that has not ended: its key, and the line of each key in it. */
    private record Open(String path, Map<String, Integer> lines) {}

    /**
     * Refuses a key that stands twice in the same place, of which the first would be lost, and
     * numbers that are not finite.
     *
     * @param at the key whose value the text is; empty for a whole recipe
     * @throws RecipeException that names the key, and both lines of one that is there twice
     */
    static void check(YAMLMapper mapper, String yaml, String at) {
        Deque<Open> open = new ArrayDeque<>();
        String key = at;
        try (JsonParser parser = mapper.createParser(new WholeCharacters(yaml))) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                switch (token) {
                    case START_OBJECT -> open.push(new Open(key, new HashMap<>()));
                    case END_OBJECT -> open.pop();
                    case PROPERTY_NAME -> {
                        Open object = open.element();
                        String name = parser.currentName();
                        key = object.path().isEmpty() ? name : object.path() + "." + name;
                        int line = parser.currentTokenLocation().getLineNr();
                        Integer before = object.lines().put(name, line);
                        if (before != null) {
                            throw new RecipeException(
                                    "'%s' is there twice, in line %d and in line %d; keep one"
                                            .formatted(key, before, line));
                        }
                    }
                    case VALUE_NUMBER_FLOAT -> {
                        if (!isFinite(parser)) {
                            throw new RecipeException(
                                    "'%s' is %s, which is no finite number"
                                            .formatted(key, parser.getString()));
                        }
                    }
                    default -> {}
                }
            }
        }
    }

    /** Jackson 3.0 cannot read YAML's {@code .nan} and {@code .inf} as numbers; later ones can. */
    private static boolean isFinite(JsonParser parser) {
        try {
            return Double.isFinite(parser.getDoubleValue());
        } catch (StreamReadException e) {
            return false;
        }
    }
}
