package dev.unroll.formats.tokenizer;

import dev.unroll.formats.files.WholeFile;
import dev.unroll.text.BytePairTokenizer;
import dev.unroll.text.CharacterTokenizer;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.WordTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A tokenizer as {@code tokenizer.json}, the file of Hugging Face's tokenizers library: what is
 * written here gives the same tokens there, and what is written there is read here if it is a
 * {@link CharacterTokenizer}, a {@link WordTokenizer} or a {@link BytePairTokenizer}.
 *
 * <p>One difference remains: that library takes {@code <s>} written in a text for the special
 * token, unless its {@code encode_special_tokens} is set; here it is always text.
 */
public final class TokenizerFile {

    /** Larger files are refused; the largest published ones have about 35 MiB. */
    static final long LARGEST = 64L << 20;

    private TokenizerFile() {}

    /**
     * {@return the tokenizer as the text of a {@code tokenizer.json}}
     *
     * @param tokenizer to be written
     * @throws IllegalArgumentException if it is none of the three kinds that such a file can hold
     */
    public static String toJson(Tokenizer tokenizer) {
        return TokenizerWriter.write(tokenizer);
    }

    /**
     * Writes the tokenizer into a file, whole or not at all.
     *
     * @param tokenizer to be written
     * @param file a {@code tokenizer.json}
     * @throws IOException if it cannot be written
     * @throws IllegalArgumentException if it is none of the three kinds that such a file can hold
     */
    public static void write(Tokenizer tokenizer, Path file) throws IOException {
        WholeFile.write(file, toJson(tokenizer));
    }

    /**
     * Reads a tokenizer.
     *
     * @param file a {@code tokenizer.json}
     * @return the tokenizer
     * @throws IOException if the file cannot be read
     * @throws TokenizerFileException if it is no {@code tokenizer.json}, is damaged, or asks for
     *     steps that no tokenizer here takes
     */
    public static Tokenizer read(Path file) throws IOException {
        long size = Files.size(file);
        if (size > LARGEST) {
            throw new TokenizerFileException(
                    "%s: %d bytes; a tokenizer has at most %d".formatted(file, size, LARGEST));
        }
        return new TokenizerReader(file).read(Files.readAllBytes(file));
    }
}
