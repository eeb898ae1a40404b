package dev.unroll.tasks.run;

import dev.unroll.formats.files.Utf8;
import dev.unroll.tasks.recipe.Recipe;
import dev.unroll.tasks.recipe.RecipeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where a run comes from: what its {@link Manifest} says besides checksums.
 *
 * @param task the recipe's
 * @param seed of the training
 * @param environments that it was trained in, in their order; a training that goes on in another
 *     one adds it
 * @param data that it was trained on; null where the run has no record of them
 */
public record RunOrigin(
        String task, long seed, List<RunEnvironment> environments, @Nullable Data data) {
    private static final JsonMapper JSON = new JsonMapper();

    public RunOrigin {
        Objects.requireNonNull(task);
        environments = List.copyOf(environments);
        if (environments.isEmpty()) {
            throw new IllegalArgumentException("a run is trained in an environment at least");
        }
    }

    /** {@return where the run was trained last} */
    public RunEnvironment environment() {
        return environments.getLast();
    }

    /**
     * The data of a run, as its {@code data.json} has them in full.
     *
     * @param name for people
     * @param training number of examples
     * @param validation number of examples
     * @param tests numbers of examples by the name of the test part
     * @param checksum SHA-256 over all examples, in hexadecimal digits
     */
    public record Data(
            String name,
            int training,
            int validation,
            Map<String, Integer> tests,
            String checksum) {
        public Data {
            tests = new LinkedHashMap<>(tests);
        }

        /** {@return the data in a line} */
        public String text() {
            StringBuilder text = new StringBuilder();
            text.append(
                    "%s: %,d examples for training, %,d for validation"
                            .formatted(name, training, validation));
            tests.forEach((part, count) -> text.append(", %,d for %s".formatted(count, part)));
            return text.append("; SHA-256 ").append(checksum).toString();
        }
    }

    /**
     * The origin of a training that begins or goes on here.
     *
     * @param before that of the run when it was written last; empty for a new one
     */
    static RunOrigin here(RunFolder run, Recipe recipe, Optional<RunOrigin> before)
            throws IOException {
        List<RunEnvironment> environments =
                new ArrayList<>(before.map(RunOrigin::environments).orElse(List.of()));
        RunEnvironment here = RunEnvironment.here();
        if (environments.isEmpty() || !environments.getLast().equals(here)) {
            environments.add(here);
        }
        return new RunOrigin(
                RecipeFile.task(recipe.getClass()),
                recipe.training().seed(),
                environments,
                data(run));
    }

    private static @Nullable Data data(RunFolder run) throws IOException {
        if (!Files.isRegularFile(run.data())) {
            return null;
        }
        try {
            JsonNode record = JSON.readTree(Utf8.read(run.data()));
            Map<String, Integer> tests = new LinkedHashMap<>();
            record.path("tests")
                    .properties()
                    .forEach(e -> tests.put(e.getKey(), e.getValue().size()));
            return new Data(
                    record.path("name").asString(""),
                    record.path("training").size(),
                    record.path("validation").size(),
                    tests,
                    record.path("checksum").asString(""));
        } catch (JacksonException e) {
            RunException damage = new RunException(run.data() + " is damaged; train the run again");
            damage.initCause(e);
            throw damage;
        }
    }

    /**
     * Says in a line why answers may differ here in their last bits from those where the run was
     * trained.
     *
     * @return empty if the bits are the same
     */
    public Optional<String> computesElse() {
        RunEnvironment here = RunEnvironment.here();
        RunEnvironment there = environment();
        return here.computesAs(there)
                ? Optional.empty()
                : Optional.of(
                        ("trained with %s, and computed here with %s: equal up to rounding, not to"
                                        + " the bit")
                                .formatted(there.text(), here.text()));
    }

    /**
     * Says in lines why a training does not go on to the weights that it would have had without a
     * stop.
     */
    List<String> goesOnElse() {
        List<String> reasons = new ArrayList<>();
        RunEnvironment here = RunEnvironment.here();
        RunEnvironment there = environment();
        if (!here.computesAs(there)) {
            reasons.add(
                    ("the run was trained with %s, and goes on with %s: to other bits than without"
                                    + " a stop")
                            .formatted(there.text(), here.text()));
        }
        if (!here.drawsAs(there)) {
            reasons.add(OTHER_NOISE);
        }
        return reasons;
    }

    /** Told of a run that does not say how its random numbers were drawn. */
    static final String OTHER_NOISE =
            "an earlier version of Unroll began the run, and drew other random numbers: dropout"
                    + " goes on with other noise than without a stop";
}
