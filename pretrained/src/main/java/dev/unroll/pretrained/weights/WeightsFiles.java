package dev.unroll.pretrained.weights;

import dev.unroll.formats.safetensors.SafetensorsFile;
import dev.unroll.formats.safetensors.WeightsException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** Reads a model's weights from its files, in any format that is known. */
public final class WeightsFiles {
    private WeightsFiles() {}

    /** The formats that other modules bring. */
    public static List<WeightsFormat> formats() {
        return ServiceLoader.load(WeightsFormat.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    /**
     * Safetensors files that share a model's arrays among them.
     *
     * @param shards their bytes by name
     * @throws WeightsException if one is damaged, or if two have the same array
     * @throws IOException if one cannot be read
     */
    public static NamedWeights safetensors(Map<String, MemorySegment> shards) throws IOException {
        List<SafetensorsFile> files = new ArrayList<>();
        for (Map.Entry<String, MemorySegment> shard : shards.entrySet()) {
            files.add(
                    SafetensorsFile.of(SafetensorsFile.Bytes.of(shard.getValue()), shard.getKey()));
        }
        return SafetensorsWeights.of(files);
    }
}
