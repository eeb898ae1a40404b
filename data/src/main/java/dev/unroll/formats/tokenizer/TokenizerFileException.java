package dev.unroll.formats.tokenizer;

/**
 * A tokenizer file that cannot be used; the message names the file, the place and what is wrong.
 */
public final class TokenizerFileException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    TokenizerFileException(String message) {
        super(message);
    }

    TokenizerFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
