package dev.unroll.pretrained.weights;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * A format of files with weights, besides safetensors, which is built in. It is found by {@link
 * java.util.ServiceLoader}.
 */
public interface WeightsFormat {

    /** {@return what the format is called, such as {@code onnx}} */
    String name();

    /**
     * {@return whether a file of this name is read by this format}
     *
     * @param fileName the last part of its path, such as {@code model.onnx}
     */
    boolean reads(String fileName);

    /**
     * Reads a file. Where the format does not keep the weights' names, such as those of linear
     * layers in ONNX, they are found in some other way, such as by the names of the products.
     *
     * @param bytes of the file, which may be mapped into memory; they are valid until the weights
     *     have been read
     * @param name of the file, for messages
     * @return the weights, under the names and in the layouts of {@link NamedWeights}
     * @throws IllegalArgumentException if it is no file of the format, or is damaged; the message
     *     says what is wrong
     * @throws IOException if it cannot be read
     */
    NamedWeights read(MemorySegment bytes, String name) throws IOException;
}
