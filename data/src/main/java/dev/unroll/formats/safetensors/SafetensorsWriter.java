package dev.unroll.formats.safetensors;

import dev.unroll.formats.files.WholeFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a safetensors file whole or not at all, one array after another. */
final class SafetensorsWriter {
    private static final JsonMapper JSON = new JsonMapper();

    private SafetensorsWriter() {}

    /**
     * An array of the file.
     *
     * @param pieces its numbers, asked for when it is its turn, so that not all need be there at
     *     once
     */
    record Entry(String name, int[] shape, Supplier<Stream<float[]>> pieces) {
        private long bytes() {
            long bytes = 4;
            for (int d : shape) {
                bytes *= d;
            }
            return bytes;
        }
    }

    static void write(Path file, List<Entry> entries, Map<String, String> metadata)
            throws IOException {
        ObjectNode header = JSON.createObjectNode();
        if (!metadata.isEmpty()) {
            ObjectNode own = header.putObject("__metadata__");
            metadata.forEach(own::put);
        }
        long at = 0;
        for (Entry entry : entries) {
            ObjectNode node = header.putObject(entry.name);
            node.put("dtype", "F32");
            ArrayNode shape = node.putArray("shape");
            for (int d : entry.shape) {
                shape.add(d);
            }
            long end = at + entry.bytes();
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
                    for (Entry entry : entries) {
                        write(entry, out);
                    }
                });
    }

    private static void write(Entry entry, OutputStream out) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
        int block = bytes.capacity() / 4;
        long written = 0;
        for (float[] values : (Iterable<float[]>) entry.pieces.get()::iterator) {
            for (int from = 0; from < values.length; from += block) {
                int n = Math.min(block, values.length - from);
                bytes.asFloatBuffer().put(values, from, n);
                out.write(bytes.array(), 0, 4 * n);
                written += 4L * n;
            }
        }
        if (written != entry.bytes()) {
            throw new IllegalArgumentException(
                    "'%s': %d bytes of numbers do not fill its shape"
                            .formatted(entry.name, written));
        }
    }
}
