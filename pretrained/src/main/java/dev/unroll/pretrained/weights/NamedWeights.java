package dev.unroll.pretrained.weights;

import java.io.IOException;
import java.util.Map;

/**
 * A model's weights under the names of Hugging Face's transformers and in PyTorch's layouts (a
 * linear layer's {@code weight} is [out, in]), read one by one.
 */
public interface NamedWeights {

    /** No arrays. */
    NamedWeights NONE =
            new NamedWeights() {
                @Override
                public Map<String, int[]> shapes() {
                    return Map.of();
                }

                @Override
                public float[] values(String name) {
                    throw new IllegalArgumentException("there is no array '" + name + "'");
                }
            };

    /** {@return the size of each dimension of each array, by name} */
    Map<String, int[]> shapes();

    /**
     * Reads an array.
     *
     * @param name of the array
     * @return its numbers, the last dimension running fastest; the caller may keep them
     * @throws IllegalArgumentException if there is none of that name
     * @throws IOException if it cannot be read
     */
    float[] values(String name) throws IOException;

    /**
     * What the file says about the model besides its weights, under the keys of Hugging Face's
     * {@code config.json}, such as {@code num_attention_heads}, for formats that come without one.
     *
     * @return the values as text; none by default
     */
    default Map<String, String> settings() {
        return Map.of();
    }
}
