package dev.unroll.tasks.recipe;

import dev.unroll.train.Adam;
import dev.unroll.train.AdamW;
import dev.unroll.train.Optimiser;
import dev.unroll.train.Schedule;
import dev.unroll.train.Sgd;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;

/**
 * The implementations of an interface by the name that {@code kind} has in a recipe. Each is a
 * record; its components are the keys beside {@code kind}, and a key that is left out has the value
 * it has in the instance here. Another optimiser or schedule is one more line here.
 *
 * @param type the interface
 * @param usual an instance with the usual settings of each kind
 */
record OptimiserAndScheduleKinds<T>(Class<T> type, List<Kind<T>> usual) {

    record Kind<T>(String name, T instance) {}

    private static final JsonMapper PLAIN = new JsonMapper();

    static final OptimiserAndScheduleKinds<Optimiser> OPTIMISERS =
            new OptimiserAndScheduleKinds<>(
                    Optimiser.class,
                    List.of(
                            new Kind<>("sgd", new Sgd(0.9, false, 0)),
                            new Kind<>("adam", Adam.standard()),
                            new Kind<>("adamw", AdamW.standard())));

    static final OptimiserAndScheduleKinds<Schedule> SCHEDULES =
            new OptimiserAndScheduleKinds<>(
                    Schedule.class,
                    List.of(
                            new Kind<>("constant", new Schedule.Constant(0)),
                            new Kind<>("linear", new Schedule.Linear(0)),
                            new Kind<>("cosine", new Schedule.Cosine(0)),
                            new Kind<>("inverse-square-root", new Schedule.InverseSquareRoot(0)),
                            new Kind<>("plateau", new Schedule.Plateau(0, 0.5, 2))));

    /** Reading and writing of both. */
    static JacksonModule module() {
        SimpleModule module = new SimpleModule();
        OPTIMISERS.addTo(module);
        SCHEDULES.addTo(module);
        return module;
    }

    private void addTo(SimpleModule module) {
        module.addDeserializer(type, new Reader());
        module.addSerializer(type, new Writer());
    }

    /** The names, as a recipe has them. */
    List<String> names() {
        return usual.stream().map(Kind::name).toList();
    }

    private final class Reader extends ValueDeserializer<T> {
        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) {
            if (!(context.readTree(parser) instanceof ObjectNode given)) {
                throw MismatchedInputException.from(parser, type, "keys and values are wanted");
            }
            JsonNode name = given.remove("kind");
            if (name == null) {
                throw context.missingTypeIdException(context.constructType(type), "no kind");
            }
            for (Kind<T> kind : usual) {
                if (kind.name().equals(name.asString(""))) {
                    ObjectNode all = PLAIN.valueToTree(kind.instance());
                    all.setAll(given);
                    return type.cast(context.readTreeAsValue(all, kind.instance().getClass()));
                }
            }
            throw context.invalidTypeIdException(
                    context.constructType(type), name.asString(name.toString()), "no such kind");
        }
    }

    private final class Writer extends ValueSerializer<T> {
        @Override
        public void serialize(T value, JsonGenerator out, SerializationContext context) {
            out.writeStartObject(value);
            out.writeStringProperty("kind", nameOf(value));
            PLAIN.<ObjectNode>valueToTree(value).forEachEntry(out::writePOJOProperty);
            out.writeEndObject();
        }
    }

    private String nameOf(T value) {
        return usual.stream()
                .filter(kind -> kind.instance().getClass().equals(value.getClass()))
                .map(Kind::name)
                .findFirst()
                .orElseThrow(
                        () ->
                                new RecipeException(
                                        "%s has no name in recipes; there are %s"
                                                .formatted(value, names())));
    }
}
