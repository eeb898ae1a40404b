package dev.unroll.tasks.recipe;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.deser.std.DelegatingDeserializer;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Gives keys that a recipe leaves out, or leaves empty, the values of {@link Default}. */
final class Defaults extends ValueDeserializerModifier {
    private static final long serialVersionUID = 1;
    private static final YAMLMapper YAML = new YAMLMapper();

    @Override
    public ValueDeserializer<?> modifyDeserializer(
            DeserializationConfig config,
            BeanDescription.Supplier bean,
            ValueDeserializer<?> deserializer) {
        Map<String, JsonNode> defaults = of(bean.getBeanClass());
        return defaults.isEmpty() ? deserializer : new Filling(deserializer, defaults);
    }

    /** The defaults of a record, with those of records whose keys stand flat beside its own. */
    private static Map<String, JsonNode> of(Class<?> type) {
        Map<String, JsonNode> defaults = new LinkedHashMap<>();
        RecordKeys.of(type)
                .filter(key -> key.isAnnotationPresent(Default.class))
                .forEach(
                        key ->
                                defaults.put(
                                        key.getName(),
                                        YAML.readTree(key.getAnnotation(Default.class).value())));
        return defaults;
    }

    /** Reads keys and values, fills in those that are not there, and hands them on. */
    private static final class Filling extends DelegatingDeserializer {
        private final Map<String, JsonNode> defaults;

        Filling(ValueDeserializer<?> record, Map<String, JsonNode> defaults) {
            super(record);
            this.defaults = defaults;
        }

        @Override
        protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> other) {
            return new Filling(other, defaults);
        }

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context) {
            JsonNode given = context.readTree(parser);
            if (given instanceof ObjectNode keys) {
                defaults.forEach(
                        (key, value) -> {
                            if (keys.path(key).isMissingNode() || keys.path(key).isNull()) {
                                keys.set(key, value);
                            }
                        });
            }
            try (JsonParser filled = context.treeAsTokens(given)) {
                filled.nextToken();
                return super.deserialize(filled, context);
            }
        }
    }
}
