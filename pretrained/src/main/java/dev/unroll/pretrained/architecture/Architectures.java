package dev.unroll.pretrained.architecture;

import dev.unroll.nn.Model;
import dev.unroll.pretrained.weights.NamedParameters;
import dev.unroll.pretrained.weights.NamedWeights;
import dev.unroll.pretrained.weights.StoredArray;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The architectures that are known, by the {@code model_type} of a {@code config.json}. */
public final class Architectures {
    private static final List<Architecture> ALL =
            List.of(
                    new Bert(List.of("bert", "electra"), false),
                    new Bert(List.of("roberta", "xlm-roberta", "camembert"), true),
                    new DistilBert(),
                    new Gpt2(),
                    new Bart(List.of("bart"), false),
                    new Bart(List.of("marian"), true));

    private Architectures() {}

    /**
     * A network out of a file.
     *
     * @param network the layers
     * @param stored which parameter is which array of the file
     * @param left the names of the arrays that were not read, such as those of heads
     */
    public record Built(Model network, List<StoredArray> stored, List<String> left) {}

    /** {@return the values of {@code model_type} that are known} */
    public static List<String> types() {
        return ALL.stream().flatMap(a -> a.types().stream()).toList();
    }

    /**
     * Puts a network together.
     *
     * @param config its settings
     * @param weights its arrays
     * @param from where the arrays are, for messages
     * @throws IllegalArgumentException if the architecture is not known, or if a setting or an
     *     array is not as it should be; the message has the names and shapes
     */
    public static Built build(ModelConfig config, NamedWeights weights, String from) {
        Architecture architecture = architecture(config);
        NamedParameters parameters =
                new NamedParameters(weights, prefix(weights, architecture.landmark()), from);
        Model network = architecture.build(config, parameters);
        List<String> left = parameters.requireAllUsed(architecture.passedOver());
        return new Built(network, parameters.stored(network), left);
    }

    /**
     * {@return a network whose numbers are all 0, for weights that are read next}
     *
     * @param config its settings
     * @throws IllegalArgumentException if the architecture is not known or a setting is not as it
     *     should be
     */
    public static Built blank(ModelConfig config) {
        NamedParameters parameters = NamedParameters.blank();
        Model network = architecture(config).build(config, parameters);
        return new Built(network, parameters.stored(network), List.of());
    }

    private static Architecture architecture(ModelConfig config) {
        String type = config.text("model_type", "");
        return ALL.stream()
                .filter(a -> a.types().contains(type))
                .findFirst()
                .orElseThrow(
                        () ->
                                new PretrainedException(
                                        ("%s: model_type '%s' is no architecture that is"
                                                        + " known; there are %s")
                                                .formatted(
                                                        config.from(),
                                                        type,
                                                        types().stream()
                                                                .collect(
                                                                        Collectors.joining(
                                                                                ", ")))));
    }

    /** What stands before the landmark, in the shortest name that ends with it. */
    private static String prefix(NamedWeights weights, String landmark) {
        return weights.shapes().keySet().stream()
                .filter(name -> name.equals(landmark) || name.endsWith("." + landmark))
                .map(name -> name.substring(0, name.length() - landmark.length()))
                .min(Comparator.comparingInt(String::length))
                .orElse("");
    }
}
