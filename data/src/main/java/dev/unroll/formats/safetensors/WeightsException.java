package dev.unroll.formats.safetensors;

/** Weights that cannot be used; the message names the file and what is wrong. */
public final class WeightsException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /**
     * Makes a failure of weights.
     *
     * @param message says what is wrong
     */
    public WeightsException(String message) {
        super(message);
    }
}
