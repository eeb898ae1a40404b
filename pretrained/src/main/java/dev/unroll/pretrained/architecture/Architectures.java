package dev.unroll.pretrained.architecture;

import dev.unroll.nn.Model;
import dev.unroll.nn.Seed;
import dev.unroll.pretrained.weights.NamedParameters;
import dev.unroll.pretrained.weights.NamedWeights;
import dev.unroll.pretrained.weights.StoredArray;
import dev.unroll.tensor.Parameter;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
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
     * @param kept in which form the matrices of linear layers are kept, such as packed
     * @throws IllegalArgumentException if the architecture is not known, or if a setting or an
     *     array is not as it should be; the message has the names and shapes
     */
    public static Built build(
            ModelConfig config, NamedWeights weights, String from, UnaryOperator<Parameter> kept) {
        Architecture architecture = architecture(config);
        NamedParameters parameters =
                new NamedParameters(weights, prefix(weights, architecture.landmark()), from, kept);
        Model network = architecture.build(config, parameters);
        List<String> left = parameters.requireAllUsed(architecture.passedOver());
        return new Built(network, parameters.stored(network), left);
    }

    /**
     * {@return a network whose numbers are all 0, for weights that are read next}
     *
     * @param config its settings
     * @param seed counts the numbers
     * @throws IllegalArgumentException if the architecture is not known, a setting is not as it
     *     should be, or there are more numbers than the seed allows
     */
    public static Built blank(ModelConfig config, Seed seed) {
        NamedParameters parameters = NamedParameters.blank(seed);
        Model network = architecture(config).build(config, parameters);
        return new Built(network, parameters.stored(network), List.of());
    }

    /**
     * {@return the most tokens of a text}
     *
     * @param config a network's settings
     * @throws IllegalArgumentException if the architecture is not known or a setting is not as it
     *     should be
     */
    public static int longest(ModelConfig config) {
        return architecture(config).longest(config);
    }

    /**
     * {@return whether a network writes texts: a language model, or an encoder with a decoder}
     *
     * @param config a network's settings
     * @throws IllegalArgumentException if the architecture is not known
     */
    public static boolean writes(ModelConfig config) {
        Architecture architecture = architecture(config);
        return architecture instanceof Gpt2 || architecture instanceof Bart;
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
