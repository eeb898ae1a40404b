package dev.unroll.tasks.recipe;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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

/**
 * Gives keys that a recipe leaves out, or leaves empty, the values of {@link Default}, and refuses
 * unknown keys of records that have keys of others flat beside their own, which Jackson 3.0 passes
 * over.
 */
final class Defaults extends ValueDeserializerModifier {
    private static final long serialVersionUID = 1;
    private static final YAMLMapper YAML = new YAMLMapper();

    @Override
    public ValueDeserializer<?> modifyDeserializer(
            DeserializationConfig config,
            BeanDescription.Supplier bean,
            ValueDeserializer<?> deserializer) {
        Class<?> type = bean.getBeanClass();
        Map<String, JsonNode> defaults = of(type);
        boolean flat = RecordKeys.haveOthersAmongThem(type);
        return defaults.isEmpty() && !flat
                ? deserializer
                : new Filling(deserializer, defaults, flat ? Optional.of(type) : Optional.empty());
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
        private final Optional<Class<?>> flat;

        /**
         * @param record reads the record
         * @param defaults by key
         * @param flat the record, if the keys of others stand flat beside its own
         */
        Filling(
                ValueDeserializer<?> record,
                Map<String, JsonNode> defaults,
                Optional<Class<?>> flat) {
            super(record);
            this.defaults = defaults;
            this.flat = flat;
        }

        @Override
        protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> other) {
            return new Filling(other, defaults, flat);
        }

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context) {
            JsonNode given = context.readTree(parser);
            if (given instanceof ObjectNode keys) {
                flat.ifPresent(type -> requireKnown(keys, type, parser, context));
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

        private void requireKnown(
                ObjectNode given,
                Class<?> type,
                JsonParser parser,
                DeserializationContext context) {
            Set<String> known =
                    RecordKeys.of(type).map(RecordComponent::getName).collect(Collectors.toSet());
            JsonIgnoreProperties ignored = type.getAnnotation(JsonIgnoreProperties.class);
            if (ignored != null) {
                known.addAll(List.of(ignored.value()));
            }
            for (String key : given.propertyNames()) {
                if (!known.contains(key)) {
                    context.handleUnknownProperty(parser, this, type, key);
                }
            }
        }
    }
}
