package dev.unroll.onnx;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A model in the ONNX format: a graph of operations and its constants. The numbers of constants
 * stay in the file, which is mapped, until they are asked for.
 *
 * @param producer the program that wrote it, or empty
 * @param opsets the version of each set of operators, by domain; ONNX's own is the empty one
 * @param metadata free text by key
 * @param graph the operations
 */
public record OnnxModel(
        String producer, Map<String, Long> opsets, Map<String, String> metadata, OnnxGraph graph) {

    /** Copies the maps. */
    public OnnxModel {
        opsets = Map.copyOf(opsets);
        metadata = Map.copyOf(metadata);
    }

    /**
     * Reads a file.
     *
     * @param file which must not change as long as the model is used
     * @return the model
     * @throws OnnxException if it is damaged, no ONNX file, has its numbers in other files, or has
     *     more parts than any network needs
     * @throws IOException if it cannot be read
     */
    public static OnnxModel read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new OnnxException("there is no file " + file);
        }
        try (FileChannel channel = FileChannel.open(file)) {
            return read(
                    channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto()),
                    file.toString());
        } catch (UnsupportedOperationException e) { // such as a file within a jar
            return read(MemorySegment.ofArray(Files.readAllBytes(file)), file.toString());
        }
    }

    /**
     * Reads a file in memory.
     *
     * @param bytes all of the file, which must not change as long as the model is used
     * @param name of the file, for errors
     * @return the model
     * @throws OnnxException if it is damaged, no ONNX file, has its numbers in other files, or has
     *     more parts than any network needs
     */
    public static OnnxModel read(MemorySegment bytes, String name) {
        return new OnnxReader(name).model(bytes);
    }
}
