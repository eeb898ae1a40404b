package dev.unroll.pretrained.architecture;

import dev.unroll.nn.Model;
import dev.unroll.pretrained.weights.NamedParameters;
import java.util.List;
import java.util.regex.Pattern;

/** A kind of network: how it is put together from the settings and the arrays of a file. */
public interface Architecture {

    /** {@return the values of {@code model_type} in {@code config.json} that mean it} */
    List<String> types();

    /**
     * {@return the name of an array that every such model has, without a prefix} What stands before
     * it in a file is the prefix of all names, such as {@code bert.}.
     */
    String landmark();

    /** {@return the names, without the prefix, of arrays that need not be read, such as heads} */
    Pattern passedOver();

    /**
     * {@return the most tokens of a text}
     *
     * @param config the network's settings
     * @throws IllegalArgumentException if they do not say it
     */
    int longest(ModelConfig config);

    /**
     * Puts the network together.
     *
     * @param config its settings
     * @param weights its arrays
     * @return an encoder, a language model or an encoder-decoder
     * @throws IllegalArgumentException if a setting or an array is not as it should be
     */
    Model build(ModelConfig config, NamedParameters weights);
}
