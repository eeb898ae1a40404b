package dev.unroll.pretrained.weights;

import dev.unroll.formats.safetensors.SafetensorsFile;
import dev.unroll.formats.safetensors.WeightsException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Weights in one safetensors file, or in several that share the arrays among them.
 *
 * @param files by the name of the array that is in it
 */
record SafetensorsWeights(Map<String, SafetensorsFile> files) implements NamedWeights {

    /**
     * The arrays of all files together.
     *
     * @throws WeightsException if two files have an array of the same name
     */
    static SafetensorsWeights of(List<SafetensorsFile> all) {
        Map<String, SafetensorsFile> files = new LinkedHashMap<>();
        for (SafetensorsFile file : all) {
            for (String name : file.shapes().keySet()) {
                if (files.put(name, file) != null) {
                    throw new WeightsException(
                            "'%s' is in two files of the same model".formatted(name));
                }
            }
        }
        return new SafetensorsWeights(files);
    }

    @Override
    public Map<String, int[]> shapes() {
        Map<String, int[]> shapes = new LinkedHashMap<>();
        files.values().stream().distinct().forEach(file -> shapes.putAll(file.shapes()));
        return shapes;
    }

    @Override
    public float[] values(String name) throws IOException {
        SafetensorsFile file = files.get(name);
        if (file == null) {
            throw new IllegalArgumentException("there is no array '%s'".formatted(name));
        }
        return file.values(name);
    }
}
