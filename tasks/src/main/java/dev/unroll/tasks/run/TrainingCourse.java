package dev.unroll.tasks.run;

import dev.unroll.formats.files.Utf8;
import dev.unroll.train.Clip;
import dev.unroll.watch.Diagnosis.Clipping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The course of a training as {@code metrics.jsonl} has it.
 *
 * @param steps in their order
 * @param validations in their order
 */
public record TrainingCourse(List<Step> steps, List<Validation> validations) {
    private static final int MOST = 10;
    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> NO_METRICS = Set.of("event", "step", "epoch", "best");

    public TrainingCourse {
        steps = List.copyOf(steps);
        validations = List.copyOf(validations);
    }

    /**
     * A step of a training.
     *
     * @param step from 1
     * @param epoch from 0
     * @param loss of the batch
     * @param gradientNorm before clipping
     * @param clipping factor by which the gradients were multiplied; not a number where the file
     *     does not say
     * @param learningRate of the step
     * @param tokensPerSecond speed; 0 where tokens are not counted
     */
    public record Step(
            long step,
            int epoch,
            double loss,
            double gradientNorm,
            double clipping,
            double learningRate,
            double tokensPerSecond) {}

    /**
     * A measurement on the validation set.
     *
     * @param step after which it was made
     * @param epoch from 0
     * @param best whether the monitored metric was the best so far
     * @param metrics by name
     */
    public record Validation(long step, int epoch, boolean best, Map<String, Double> metrics) {}

    /**
     * The clipping of all steps.
     *
     * @param clip says by how much a step was clipped, where the file does not
     */
    public Clipping clipping(Clip clip) {
        double[] clipped =
                steps.stream()
                        .mapToDouble(
                                s ->
                                        Double.isNaN(s.clipping())
                                                ? clip.factor(s.gradientNorm())
                                                : s.clipping())
                        .filter(factor -> factor < 1)
                        .sorted()
                        .toArray();
        double median = clipped.length == 0 ? 1 : clipped[clipped.length / 2];
        return new Clipping(steps.size(), clipped.length, median);
    }

    /**
     * How the losses of the first steps and of the last went, means of up to {@value #MOST} of
     * them.
     *
     * @param first mean loss at the start
     * @param last mean loss at the end
     */
    public record Ends(double first, double last) {
        /** {@return whether the training made the model clearly worse than it was} */
        public boolean isDiverged() {
            return !(last <= first + Math.abs(first) / 2);
        }

        /** What is said of a training that diverged. */
        public String told() {
            return ("diverged: the loss of the last steps is %.3g, worse than the %.3g at the"
                            + " start; train again with a lower training.learningRate")
                    .formatted(last, first);
        }
    }

    /** The losses at both ends; empty for a training of fewer than two steps. */
    public Optional<Ends> ends() {
        int count = Math.min(MOST, steps.size() / 2);
        return count == 0
                ? Optional.empty()
                : Optional.of(
                        new Ends(
                                mean(steps.subList(0, count)),
                                mean(steps.subList(steps.size() - count, steps.size()))));
    }

    private static double mean(List<Step> some) {
        return some.stream().mapToDouble(Step::loss).average().orElse(Double.NaN);
    }

    /**
     * Reads the course of a run. A last line that was cut off is passed over.
     *
     * @throws RunException if there is none, or if it is damaged; the message names the line
     */
    public static TrainingCourse read(RunFolder folder) throws IOException {
        Path file = folder.metrics();
        if (!Files.isRegularFile(file)) {
            throw new RunException(
                    "%s has no metrics.jsonl: its training has not begun"
                            .formatted(folder.directory()));
        }
        List<Step> steps = new ArrayList<>();
        List<Validation> validations = new ArrayList<>();
        List<String> lines = Utf8.lines(file);
        for (int i = 0; i < lines.size(); i++) {
            JsonNode line;
            try {
                line = JSON.readTree(lines.get(i));
            } catch (JacksonException e) {
                if (i == lines.size() - 1) {
                    break;
                }
                RunException damage =
                        new RunException(
                                "%s, line %d, is not a JSON object; remove the line"
                                        .formatted(file, i + 1));
                damage.initCause(e);
                throw damage;
            }
            switch (line.path("event").asString("")) {
                case "step" -> steps.add(step(line));
                case "validate" -> validations.add(validation(line));
                default -> {}
            }
        }
        return new TrainingCourse(steps, validations);
    }

    private static Step step(JsonNode line) {
        return new Step(
                line.path("step").asLong(0),
                line.path("epoch").asInt(0),
                line.path("loss").asDouble(Double.NaN),
                line.path("gradientNorm").asDouble(Double.NaN),
                line.path("clipping").asDouble(Double.NaN),
                line.path("learningRate").asDouble(Double.NaN),
                line.path("tokensPerSecond").asDouble(0));
    }

    private static Validation validation(JsonNode line) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        line.properties()
                .forEach(
                        entry -> {
                            if (!NO_METRICS.contains(entry.getKey())
                                    && entry.getValue().isNumber()) {
                                metrics.put(entry.getKey(), entry.getValue().asDouble(Double.NaN));
                            }
                        });
        return new Validation(
                line.path("step").asLong(0),
                line.path("epoch").asInt(0),
                line.path("best").asBoolean(false),
                metrics);
    }
}
