package dev.unroll.pretrained;

import dev.unroll.pretrained.architecture.PretrainedException;
import dev.unroll.pretrained.weights.NamedWeights;
import dev.unroll.pretrained.weights.WeightsFiles;
import dev.unroll.pretrained.weights.WeightsFormat;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Finds the file or files that a model's weights are in. */
final class WeightsLocation {
    private static final String ONE = "model.safetensors";
    private static final String SHARDS = "model.safetensors.index.json";
    private static final List<String> EXPORTED = List.of("model.onnx", "onnx/model.onnx");

    private WeightsLocation() {}

    /** Whether the weights are safetensors, or there are none at all. */
    static boolean areSafetensors(ModelFiles files) throws IOException {
        if (files.has(ONE) || files.has(SHARDS)) {
            return true;
        }
        List<String> names = new ArrayList<>(files.names());
        EXPORTED.stream().filter(files::has).forEach(names::add);
        return names.stream()
                .noneMatch(
                        name ->
                                WeightsFiles.formats().stream()
                                        .anyMatch(format -> format.reads(name)));
    }

    /**
     * The weights of a model.
     *
     * @param arena how long the memory of mapped files is needed
     */
    static NamedWeights open(ModelFiles files, Arena arena) throws IOException {
        if (files.has(ONE)) {
            return WeightsFiles.safetensors(Map.of(named(files, ONE), files.map(ONE, arena)));
        }
        if (files.has(SHARDS)) {
            Map<String, MemorySegment> shards = new LinkedHashMap<>();
            for (String shard : shards(files)) {
                if (!files.has(shard)) {
                    throw new PretrainedException(
                            "%s names %s, which is not there"
                                    .formatted(named(files, SHARDS), shard));
                }
                shards.put(named(files, shard), files.map(shard, arena));
            }
            return WeightsFiles.safetensors(shards);
        }
        List<String> candidates = new ArrayList<>(EXPORTED);
        candidates.addAll(files.names());
        List<WeightsFormat> formats = WeightsFiles.formats();
        for (String name : candidates) {
            for (WeightsFormat format : formats) {
                if (files.has(name) && format.reads(name)) {
                    return format.read(files.map(name, arena), named(files, name));
                }
            }
        }
        throw new PretrainedException(
                ("%s has no weights: neither %s nor %s%s. Files of pickled tensors (pytorch_model.bin)"
                                + " are not read; save the model as safetensors")
                        .formatted(
                                files.from(),
                                ONE,
                                SHARDS,
                                formats.isEmpty()
                                        ? "; ONNX files are read with the module unroll-onnx on the"
                                                + " class path"
                                        : " nor a file of ONNX"));
    }

    /** The names of the files that share the arrays. */
    private static Set<String> shards(ModelFiles files) throws IOException {
        TreeSet<String> names = new TreeSet<>();
        try {
            JsonNode map = new JsonMapper().readTree(files.read(SHARDS)).path("weight_map");
            for (JsonNode file : map.values()) {
                String name = file.asString("");
                if (!name.matches("[A-Za-z0-9._-]+\\.safetensors")) {
                    throw new PretrainedException(
                            "%s: '%s' is no name of a safetensors file beside it"
                                    .formatted(named(files, SHARDS), name));
                }
                names.add(name);
            }
        } catch (JacksonException e) {
            throw new PretrainedException(
                    named(files, SHARDS) + " is not JSON: " + e.getOriginalMessage());
        }
        return names;
    }

    private static String named(ModelFiles files, String name) {
        return files.from() + ": " + name;
    }
}
