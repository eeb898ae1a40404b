package dev.unroll.pretrained;

import dev.unroll.tensor.Tensor;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Hugging Face's transformers computed with a small model, made by src/test/python/golden.py.
 *
 * @param ids what is read
 * @param types 0 or 1 for each of them
 * @param before what the decoder reads
 * @param rows the result, row by row
 * @param written the most probable tokens, one after another
 */
record Golden(int[] ids, int[] types, int[] before, float[] rows, int[] written) {

    static Path folder(String name) {
        try {
            return Path.of(Golden.class.getResource(name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<Golden> of(String name) throws IOException {
        List<Golden> all = new ArrayList<>();
        JsonNode file =
                new JsonMapper().readTree(Files.readString(folder(name).resolve("expected.json")));
        for (JsonNode each : file) {
            int[] ids = ints(each.path("ids"));
            JsonNode types = each.path("types");
            all.add(
                    new Golden(
                            ids,
                            types.isMissingNode() ? new int[ids.length] : ints(types),
                            ints(each.path("before")),
                            floats(each.path("rows")),
                            ints(each.path("written"))));
        }
        return all;
    }

    /** The largest difference from the rows. */
    double difference(Tensor computed) {
        float[] values = computed.toArray();
        if (values.length != rows.length) {
            throw new AssertionError(values.length + " numbers, and " + rows.length + " expected");
        }
        double largest = 0;
        for (int i = 0; i < values.length; i++) {
            largest = Math.max(largest, Math.abs(values[i] - rows[i]));
        }
        return largest;
    }

    private static int[] ints(JsonNode list) {
        return list.values().stream().mapToInt(JsonNode::intValue).toArray();
    }

    private static float[] floats(JsonNode list) {
        float[] values = new float[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = list.get(i).floatValue();
        }
        return values;
    }
}
