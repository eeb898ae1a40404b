package dev.unroll.pretrained.architecture;

/** A pretrained model that cannot be used; the message names the file and says what is wrong. */
public final class PretrainedException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /**
     * Makes a failure.
     *
     * @param message says what was given, what is allowed and what to do
     */
    public PretrainedException(String message) {
        super(message);
    }
}
