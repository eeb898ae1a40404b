package dev.unroll.formats.safetensors;

import dev.unroll.tensor.Parameter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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
     * Writes the values of parameters, whole or not at all; at no time is there a copy of more than
     * a piece of one of them.
     *
     * @param file to be written
     * @param parameters by name
     * @param metadata free text by key
     * @throws IOException if it cannot be written
     */
    public static void save(
            Path file, Map<String, Parameter> parameters, Map<String, String> metadata)
            throws IOException {
        List<SafetensorsWriter.Entry> entries = new ArrayList<>();
        parameters.forEach(
                (name, p) ->
                        entries.add(
                                new SafetensorsWriter.Entry(
                                        name, p.shape().dims(), () -> p.value().pieces())));
        SafetensorsWriter.write(file, entries, metadata);
    }

    /**
     * Writes the file whole or not at all.
     *
     * @param file to be written
     * @throws IOException if it cannot be written
     */
    public void write(Path file) throws IOException {
        List<SafetensorsWriter.Entry> entries = new ArrayList<>();
        arrays.forEach(
                (name, array) ->
                        entries.add(
                                new SafetensorsWriter.Entry(
                                        name, array.shape(), () -> Stream.of(array.values()))));
        SafetensorsWriter.write(file, entries, metadata);
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
        try (FileChannel channel = SafetensorsFile.open(file)) {
            SafetensorsFile stored = SafetensorsFile.of(channel, file);
            Map<String, Array> arrays = new LinkedHashMap<>();
            for (Map.Entry<String, int[]> entry : stored.shapes().entrySet()) {
                arrays.put(
                        entry.getKey(), new Array(entry.getValue(), stored.values(entry.getKey())));
            }
            return new Safetensors(arrays, stored.metadata(), stored.passedOver());
        }
    }
}
