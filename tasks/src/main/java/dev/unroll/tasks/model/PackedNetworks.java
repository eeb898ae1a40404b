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
     * The packed copy of a linear layer's matrix replaces the matrix, so that it is in memory once.
     * Embeddings and the weights of recurrent cells, whose rows and columns are also read one by
     * one, are kept beside their packed copies.
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
