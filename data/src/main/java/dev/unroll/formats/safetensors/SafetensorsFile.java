package dev.unroll.formats.safetensors;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
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
 * A safetensors file whose arrays are read one by one, when they are asked for: no more of it is
 * held than its header. {@link Safetensors} reads all at once, and says what the format is.
 */
public final class SafetensorsFile {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();
    private static final ValueLayout.OfLong LENGTH =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /**
     * Numbers that are read at a time: pages of a mapped file count as memory of the process until
     * they are given back.
     */
    private static final int PIECE = 1 << 20;

    /** The format's own limit on the header. */
    private static final long LONGEST_HEADER = 100_000_000;

    private final String name;
    private final Bytes bytes;
    private final long data;
    private final Map<String, Entry> entries;
    private final Map<String, String> metadata;
    private final List<String> passedOver;

    private SafetensorsFile(
            String name,
            Bytes bytes,
            long data,
            Map<String, Entry> entries,
            Map<String, String> metadata,
            List<String> passedOver) {
        this.name = name;
        this.bytes = bytes;
        this.data = data;
        this.entries = entries;
        this.metadata = metadata;
        this.passedOver = passedOver;
    }

    /** The bytes of a file, wherever they are. */
    public interface Bytes {
        /** {@return how many there are} */
        long size();

        /**
         * {@return some of them}
         *
         * @param from the first
         * @param count how many
         * @throws IOException if they cannot be read
         */
        MemorySegment slice(long from, long count) throws IOException;

        /**
         * {@return bytes in memory, such as those of a file that is mapped}
         *
         * @param all of them
         */
        static Bytes of(MemorySegment all) {
            return new Bytes() {
                @Override
                public long size() {
                    return all.byteSize();
                }

                @Override
                public MemorySegment slice(long from, long count) {
                    return all.asSlice(from, count);
                }
            };
        }

        /**
         * {@return the bytes of an open file, read when they are asked for}
         *
         * @param channel on the file
         * @throws IOException if its size cannot be read
         */
        static Bytes of(FileChannel channel) throws IOException {
            long size = channel.size();
            return new Bytes() {
                @Override
                public long size() {
                    return size;
                }

                @Override
                public MemorySegment slice(long from, long count) throws IOException {
                    ByteBuffer read = ByteBuffer.allocate(Math.toIntExact(count));
                    while (read.hasRemaining()) {
                        if (channel.read(read, from + read.position()) < 0) {
                            throw new EOFException("the file became shorter while it was read");
                        }
                    }
                    return MemorySegment.ofBuffer(read.flip());
                }
            };
        }
    }

    /**
     * {@return a file opened to be read}
     *
     * @throws WeightsException if there is no such file
     * @throws IOException if it cannot be opened
     */
    public static FileChannel open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new WeightsException("there is no file " + file);
        }
        return FileChannel.open(file);
    }

    /**
     * Reads the header of an open file, whose arrays can be read until it is closed.
     *
     * @param channel on the file
     * @param file its name, for messages
     * @return the file's arrays, which are read later
     * @throws WeightsException if it is not a safetensors file, or is damaged
     * @throws IOException if it cannot be read
     */
    public static SafetensorsFile of(FileChannel channel, Path file) throws IOException {
        return of(Bytes.of(channel), file.toString());
    }

    /**
     * Reads the header of a file.
     *
     * @param bytes of the file
     * @param name of the file, for messages
     * @return the file's arrays, which are read later
     * @throws WeightsException if it is not a safetensors file, or is damaged
     * @throws IOException if it cannot be read
     */
    public static SafetensorsFile of(Bytes bytes, String name) throws IOException {
        long size = bytes.size();
        if (size < 8) {
            throw new WeightsException(name + " is no safetensors file: " + size + " bytes");
        }
        long length = bytes.slice(0, 8).get(LENGTH, 0);
        if (length < 2 || length > LONGEST_HEADER || length > size - 8) {
            throw new WeightsException(
                    "%s is damaged or no safetensors file: a header of %d bytes in a file of %d"
                            .formatted(name, length, size));
        }
        byte[] json = bytes.slice(8, length).toArray(ValueLayout.JAVA_BYTE);
        return parse(name, bytes, header(name, json), 8 + length);
    }

    private static ObjectNode header(String file, byte[] json) {
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

    private static SafetensorsFile parse(String file, Bytes bytes, ObjectNode header, long data) {
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
        requireWhole(file, entries, bytes.size() - data);
        Map<String, Entry> byName = new LinkedHashMap<>();
        List<String> passedOver = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.type.isReal()) {
                byName.put(entry.name, entry);
            } else {
                passedOver.add(entry.name);
            }
        }
        return new SafetensorsFile(file, bytes, data, byName, metadata, List.copyOf(passedOver));
    }

    private static void requireWhole(String file, List<Entry> entries, long size) {
        long expected = 0;
        for (Entry entry : entries) {
            if (entry.begin != expected || entry.end > size) {
                throw new WeightsException(
                        "%s is damaged: '%s' lies at bytes %d to %d, expected from %d in %d"
                                .formatted(
                                        file, entry.name, entry.begin, entry.end, expected, size));
            }
            expected = entry.end;
        }
        if (expected != size) {
            throw new WeightsException(
                    "%s is damaged: %d bytes of numbers, and the header tells of %d"
                            .formatted(file, size, expected));
        }
    }

    private static Map<String, String> metadata(String file, JsonNode node) {
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

    /** {@return the name of the file, for messages} */
    public String name() {
        return name;
    }

    /**
     * {@return the arrays that can be weights, in the order in which they lie in the file: the size
     * of each dimension by name}
     */
    public Map<String, int[]> shapes() {
        Map<String, int[]> shapes = new LinkedHashMap<>();
        entries.forEach((name, entry) -> shapes.put(name, entry.shape.clone()));
        return Collections.unmodifiableMap(shapes);
    }

    /** {@return free text by key} */
    public Map<String, String> metadata() {
        return Collections.unmodifiableMap(metadata);
    }

    /**
     * {@return the names of the arrays of whole numbers and of truth values, which are not read}
     */
    public List<String> passedOver() {
        return passedOver;
    }

    /**
     * Reads an array.
     *
     * @param name of the array
     * @return its numbers, the last dimension running fastest; the caller may keep them
     * @throws IllegalArgumentException if there is none of that name
     * @throws IOException if it cannot be read
     */
    public float[] values(String name) throws IOException {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw new IllegalArgumentException("there is no array '%s'".formatted(name));
        }
        NumberFormat type = entry.type;
        float[] values = new float[Math.toIntExact((entry.end - entry.begin) / type.bytes())];
        for (int at = 0; at < values.length; at += PIECE) {
            int count = Math.min(PIECE, values.length - at);
            long from = data + entry.begin + (long) at * type.bytes();
            MemorySegment piece = bytes.slice(from, (long) count * type.bytes());
            type.decode(piece, values, at, count);
            if (piece.isMapped()) {
                piece.unload();
            }
        }
        return values;
    }

    /** One array of the header. */
    private record Entry(String name, NumberFormat type, int[] shape, long begin, long end) {

        static Entry of(String file, String name, JsonNode node) {
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
                        || end - begin != Math.multiplyExact(count, type.bytes())
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
}
