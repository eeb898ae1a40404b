package dev.unroll.tasks.recipe;

/** A recipe that cannot be used; the message says what is wrong and what is allowed. */
public final class RecipeException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /** With what is wrong. */
    public RecipeException(String message) {
        super(message);
    }

    /** With what is wrong, and its cause. */
    public RecipeException(String message, Throwable cause) {
        super(message, cause);
    }
}
