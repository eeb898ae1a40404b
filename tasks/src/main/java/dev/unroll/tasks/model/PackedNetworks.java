package dev.unroll.tasks.model;

import dev.unroll.backend.WeightStorage;
import dev.unroll.nn.Model;
import dev.unroll.nn.Parameters;
import dev.unroll.nn.layers.Linear;
import dev.unroll.tensor.Parameter;

/** Networks in the form in which they predict fastest. */
public final class PackedNetworks {
    private PackedNetworks() {}

    /**
     * A network that writes token by token, with its matrices packed for products with few rows.
     * Those of linear layers, which are only multiplied by, are kept as nothing else, so that they
     * are in memory once; embeddings, which are looked up, and the weights of recurrent cells also
     * stay as they are.
     *
     * @return a network for predictions, good until the weights of the given one change
     */
    public static <M extends Model> M forDecoding(M model) {
        M once =
                Parameters.replace(
                        model,
                        Linear.class,
                        (name, layer) ->
                                Parameters.map(layer, p -> p.packedAlone(WeightStorage.F32)));
        return Parameters.map(once, Parameter::packed);
    }
}
