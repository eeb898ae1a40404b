package dev.unroll.watch;

import dev.unroll.nn.Parameters;
import dev.unroll.tensor.Parameter;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Finds a layer's path in a model by the parameters that it holds. */
final class LayerNames {
    private final IdentityHashMap<Parameter, String> names = new IdentityHashMap<>();
    private final IdentityHashMap<Object, String> known = new IdentityHashMap<>();

    LayerNames(Map<String, Parameter> parameters) {
        parameters.forEach((name, parameter) -> names.put(parameter, name));
    }

    /** The longest path that all parameters of a layer share; its class's name if there is none. */
    String of(Object layer) {
        return known.computeIfAbsent(layer, this::path);
    }

    private String path(Object layer) {
        List<String[]> paths =
                Parameters.of(layer).values().stream()
                        .map(names::get)
                        .filter(Objects::nonNull)
                        .map(name -> name.split("\\."))
                        .toList();
        String own = layer.getClass().getSimpleName();
        if (paths.isEmpty()) {
            return own;
        }
        String[] first = paths.getFirst();
        int shared = first.length - 1;
        for (String[] path : paths) {
            int equal = 0;
            while (equal < Math.min(shared, path.length - 1) && first[equal].equals(path[equal])) {
                equal++;
            }
            shared = equal;
        }
        return shared == 0 ? own : String.join(".", Arrays.copyOf(first, shared));
    }
}
