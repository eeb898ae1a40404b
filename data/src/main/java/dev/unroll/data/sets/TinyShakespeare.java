package dev.unroll.data.sets;

import dev.unroll.data.DataException;
import dev.unroll.data.Splits;
import dev.unroll.data.fetch.About;
import dev.unroll.data.fetch.DataFiles;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Tiny Shakespeare (Karpathy 2015): parts of Shakespeare's plays in one text of 1,115,394
 * characters.
 *
 * <p>The publisher has no splits. Here the first 90 % of the characters are for training and the
 * last 10 % for validation, as in nanoGPT (data/shakespeare_char/prepare.py); there is no test.
 */
public record TinyShakespeare() implements TextSet {
    @Override
    public About about() {
        return About.of(
                        "tinyshakespeare",
                        "parts of Shakespeare's plays, one text of 1,115,394 characters",
                        "https://github.com/karpathy/char-rnn",
                        "public domain",
                        "Karpathy: The Unreasonable Effectiveness of Recurrent Neural"
                                + " Networks. 2015")
                .withFile(
                        "input.txt",
                        "https://raw.githubusercontent.com/karpathy/char-rnn/master/data/"
                                + "tinyshakespeare/input.txt",
                        1_115_394,
                        "86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed");
    }

    @Override
    public Splits<String> load(DataFiles files) throws DataException {
        Path file = files.get(about().file("input.txt"));
        try {
            return split(Files.readString(file));
        } catch (CharacterCodingException e) {
            throw DataException.damaged(file + ": not UTF-8", e);
        } catch (IOException e) {
            throw DataException.unreadable(file, e);
        }
    }

    /** The first nine tenths, and the rest. */
    static Splits<String> split(String text) {
        int end = (int) (text.length() * 0.9);
        return new Splits<>(
                List.of(text.substring(0, end)), List.of(text.substring(end)), List.of());
    }
}
