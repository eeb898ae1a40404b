package dev.unroll.formats.safetensors;

import dev.unroll.formats.files.WholeFile;
import dev.unroll.tensor.Parameter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Named arrays in the safetensors format: eight bytes of header length, a JSON header, then the
 * numbers, little-endian. Written as F32; F64, F32, F16 and BF16 are read. Arrays of whole numbers
 * and of truth values, such as the {@code position_ids} of BERT, are no weights and are passed
 * over.
 *
 * @param arrays by name
 * @param metadata free text by key
 * @param passedOver the names of the arrays in the file that were not read
 */
public record Safetensors(
        Map<String, Array> arrays, Map<String, String> metadata, List<String> passedOver) {
    private static final JsonMapper JSON = new JsonMapper();

    /** Copies the list of names. */
    public Safetensors {
        passedOver = List.copyOf(passedOver);
    }

    /** Arrays of which none was passed over. */
    public Safetensors(Map<String, Array> arrays, Map<String, String> metadata) {
        this(arrays, metadata, List.of());
    }

    /**
     * An array.
     *
     * @param shape size of each dimension
     * @param values the last dimension running fastest
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Array(int[] shape, float[] values) {
        /**
         * Checks that the numbers fill the shape.
         *
         * @throws IllegalArgumentException if they are not as many as the shape has places
         */
        public Array {
            long size = 1;
            for (int d : shape) {
                size *= d;
            }
            if (size != values.length) {
                throw new IllegalArgumentException(
                        values.length + " numbers do not fill " + Arrays.toString(shape));
            }
        }
    }

    /**
     * The values of parameters.
     *
     * @param parameters by name
     * @param metadata free text by key
     * @return an array for each parameter
     */
    public static Safetensors of(Map<String, Parameter> parameters, Map<String, String> metadata) {
        Map<String, Array> arrays = new LinkedHashMap<>();
        parameters.forEach(
                (name, p) -> arrays.put(name, new Array(p.shape().dims(), p.value().toArray())));
        return new Safetensors(arrays, metadata);
    }

    /**
     * Writes the file whole or not at all.
     *
     * @param file to be written
     * @throws IOException if it cannot be written
     */
    public void write(Path file) throws IOException {
        ObjectNode header = JSON.createObjectNode();
        if (!metadata.isEmpty()) {
            ObjectNode own = header.putObject("__metadata__");
            metadata.forEach(own::put);
        }
        long at = 0;
        for (Map.Entry<String, Array> entry : arrays.entrySet()) {
            ObjectNode node = header.putObject(entry.getKey());
            node.put("dtype", "F32");
            ArrayNode shape = node.putArray("shape");
            for (int d : entry.getValue().shape()) {
                shape.add(d);
            }
            long end = at + 4L * entry.getValue().values().length;
            node.putArray("data_offsets").add(at).add(end);
            at = end;
        }
        byte[] json = JSON.writeValueAsBytes(header);
        int padding = (8 - json.length % 8) % 8;
        WholeFile.write(
                file,
                out -> {
                    ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
                    out.write(length.putLong(json.length + padding).array());
                    out.write(json);
                    out.write(" ".repeat(padding).getBytes(StandardCharsets.US_ASCII));
                    for (Array array : arrays.values()) {
                        write(array.values(), out);
                    }
                });
    }

    private static void write(float[] values, OutputStream out) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
        int block = bytes.capacity() / 4;
        for (int from = 0; from < values.length; from += block) {
            int n = Math.min(block, values.length - from);
            bytes.asFloatBuffer().put(values, from, n);
            out.write(bytes.array(), 0, 4 * n);
        }
    }

    /**
     * Reads a file.
     *
     * @param file to be read
     * @return its arrays and metadata
     * @throws WeightsException if it is not a safetensors file, or is damaged
     * @throws IOException if it cannot be read
     */
    public static Safetensors read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new WeightsException("there is no file " + file);
        }
        try (FileChannel channel = FileChannel.open(file)) {
            SafetensorsFile stored =
                    SafetensorsFile.of(SafetensorsFile.Bytes.of(channel), file.toString());
            Map<String, Array> arrays = new LinkedHashMap<>();
            for (Map.Entry<String, int[]> entry : stored.shapes().entrySet()) {
                arrays.put(
                        entry.getKey(), new Array(entry.getValue(), stored.values(entry.getKey())));
            }
            return new Safetensors(arrays, stored.metadata(), stored.passedOver());
        }
    }
}
