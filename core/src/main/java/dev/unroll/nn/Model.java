package dev.unroll.nn;

import dev.unroll.tensor.Parameter;
import java.util.Map;

/**
 * A network with everything it learns. A model is a record whose components are parameters, layers
 * (records again) and constants; {@link Parameters} says which containers may stand between them. A
 * record need not implement this interface to be trained or saved; it gives {@link #parameters} to
 * those that do, and a common type to networks of one purpose.
 */
public interface Model {

    /**
     * {@return the parameters by name, in the order of the components}
     *
     * @throws IllegalArgumentException as {@link Parameters#of} does
     */
    default Map<String, Parameter> parameters() {
        return Parameters.of(this);
    }
}
