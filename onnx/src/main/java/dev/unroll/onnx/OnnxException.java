package dev.unroll.onnx;

/** An ONNX file that cannot be used; the message names the file and what is wrong. */
public final class OnnxException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /**
     * Makes a failure of a file.
     *
     * @param message says what is wrong
     */
    public OnnxException(String message) {
        super(message);
    }
}
