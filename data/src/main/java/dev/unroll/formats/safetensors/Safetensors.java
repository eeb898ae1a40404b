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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
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
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    /** The format's own limit on the header. */
    private static final long LONGEST_HEADER = 100_000_000;

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
            long size = channel.size();
            ByteBuffer start = bytes(channel, 0, Math.min(8, size));
            if (size < 8) {
                throw new WeightsException(file + " is no safetensors file: " + size + " bytes");
            }
            long length = start.getLong(0);
            if (length < 2 || length > LONGEST_HEADER || length > size - 8) {
                throw new WeightsException(
                        "%s is damaged or no safetensors file: a header of %d bytes in a file of %d"
                                .formatted(file, length, size));
            }
            byte[] json = new byte[(int) length];
            bytes(channel, 8, length).get(json);
            return parse(file, channel, header(file, json), 8 + length, size);
        }
    }

    private static ObjectNode header(Path file, byte[] json) {
        try {
            if (JSON.readTree(json) instanceof ObjectNode header) {
                return header;
            }
        } catch (JacksonException e) {
            throw new WeightsException(
                    file + ": the header is not JSON: " + e.getOriginalMessage());
        }
        throw new WeightsException(file + ": the header is not a JSON object");
    }

    private static Safetensors parse(
            Path file, FileChannel channel, ObjectNode header, long data, long size)
            throws IOException {
        Map<String, Array> arrays = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        List<Entry> entries = new ArrayList<>();
        for (Map.Entry<String, JsonNode> property : header.properties()) {
            if (property.getKey().equals("__metadata__")) {
                metadata.putAll(metadata(file, property.getValue()));
            } else {
                entries.add(Entry.of(file, property.getKey(), property.getValue()));
            }
        }
        entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        long expected = 0;
        for (Entry entry : entries) {
            if (entry.begin != expected || data + entry.end > size) {
                throw new WeightsException(
                        "%s is damaged: '%s' lies at bytes %d to %d, expected from %d in %d"
                                .formatted(
                                        file,
                                        entry.name,
                                        entry.begin,
                                        entry.end,
                                        expected,
                                        size - data));
            }
            expected = entry.end;
        }
        if (data + expected != size) {
            throw new WeightsException(
                    "%s is damaged: %d bytes of numbers, and the header tells of %d"
                            .formatted(file, size - data, expected));
        }
        List<String> passedOver = new ArrayList<>();
        for (Entry entry : entries) {
            if (!entry.type.isReal()) {
                passedOver.add(entry.name);
                continue;
            }
            ByteBuffer bytes = bytes(channel, data + entry.begin, entry.end - entry.begin);
            arrays.put(entry.name, new Array(entry.shape, entry.type.decode(bytes)));
        }
        return new Safetensors(arrays, metadata, passedOver);
    }

    private static Map<String, String> metadata(Path file, JsonNode node) {
        Map<String, String> metadata = new LinkedHashMap<>();
        boolean text = node.isObject();
        for (Map.Entry<String, JsonNode> property : node.properties()) {
            text &= property.getValue().isString();
            metadata.put(property.getKey(), property.getValue().asString(""));
        }
        if (!text) {
            throw new WeightsException(file + ": __metadata__ is not an object of text by key");
        }
        return metadata;
    }

    private static ByteBuffer bytes(FileChannel channel, long from, long count) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.toIntExact(count)).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {}
        return bytes.flip();
    }

    /** One array of the header. */
    private record Entry(String name, NumberFormat type, int[] shape, long begin, long end) {

        static Entry of(Path file, String name, JsonNode node) {
            try {
                NumberFormat type = NumberFormat.named(node.path("dtype").asString(""));
                if (!(node.path("shape") instanceof ArrayNode dims)
                        || !(node.path("data_offsets") instanceof ArrayNode offsets)
                        || offsets.size() != 2) {
                    throw new ArithmeticException("shape and data_offsets are lists");
                }
                int[] shape = new int[dims.size()];
                long count = 1;
                for (int i = 0; i < shape.length; i++) {
                    shape[i] = dims.get(i).intValue();
                    if (shape[i] < 0) {
                        throw new ArithmeticException("a size of " + shape[i]);
                    }
                    count = Math.multiplyExact(count, shape[i]);
                }
                long begin = offsets.get(0).longValue();
                long end = offsets.get(1).longValue();
                if (begin < 0
                        || end - begin != Math.multiplyExact(count, type.bytes)
                        || end - begin > Integer.MAX_VALUE - 16) {
                    throw new ArithmeticException(
                            "%d numbers in bytes %d to %d".formatted(count, begin, end));
                }
                return new Entry(name, type, shape, begin, end);
            } catch (IllegalArgumentException | ArithmeticException | JacksonException e) {
                throw new WeightsException(
                        "%s: array '%s' is not described as it should be: %s"
                                .formatted(file, name, e.getMessage()));
            }
        }
    }

    /** The storage of a number. */
    private enum NumberFormat {
        F64(8),
        F32(4),
        F16(2),
        BF16(2),
        I64(8),
        I32(4),
        I16(2),
        I8(1),
        U64(8),
        U32(4),
        U16(2),
        U8(1),
        BOOL(1);

        private final int bytes;

        NumberFormat(int bytes) {
            this.bytes = bytes;
        }

        static NumberFormat named(String name) {
            return Arrays.stream(values())
                    .filter(format -> format.name().equals(name))
                    .findFirst()
                    .orElseThrow(
                            () ->
                                    new IllegalArgumentException(
                                            ("its number format '%s' is not known; read are F64,"
                                                            + " F32, F16 and BF16, and whole numbers are"
                                                            + " passed over. Save it as F32")
                                                    .formatted(name)));
        }

        /** {@return whether its numbers can be weights} */
        boolean isReal() {
            return switch (this) {
                case F64, F32, F16, BF16 -> true;
                case I64, I32, I16, I8, U64, U32, U16, U8, BOOL -> false;
            };
        }

        float[] decode(ByteBuffer from) {
            float[] values = new float[from.remaining() / bytes];
            if (this == F32) {
                from.asFloatBuffer().get(values);
                return values;
            }
            for (int i = 0; i < values.length; i++) {
                values[i] =
                        switch (this) {
                            case F64 -> (float) from.getDouble(8 * i);
                            case F32 -> from.getFloat(4 * i);
                            case F16 -> Float.float16ToFloat(from.getShort(2 * i));
                            case BF16 -> Float.intBitsToFloat(from.getShort(2 * i) << 16);
                            case I64, I32, I16, I8, U64, U32, U16, U8, BOOL ->
                                    throw new IllegalStateException(this + " is passed over");
                        };
            }
            return values;
        }
    }
}
