package dev.unroll.bench.tokenize;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Hugging Face's own library. */
final class Oracle implements AutoCloseable {

    private final HuggingFaceTokenizer tokenizer;

    Oracle(Path file) throws IOException {
        this.tokenizer =
                HuggingFaceTokenizer.newInstance(
                        file, Map.of("padding", "false", "truncation", "false"));
    }

    /** The tokens of a text; places in code points. */
    record Tokens(long[] ids, long[] types, int[] starts, int[] ends, long[] special) {}

    Tokens encode(String text) {
        return tokens(tokenizer.encode(text, true, false));
    }

    Tokens encode(String first, String second) {
        return tokens(tokenizer.encode(first, second, true, false));
    }

    private static Tokens tokens(Encoding encoding) {
        CharSpan[] spans = encoding.getCharTokenSpans();
        int[] starts = new int[spans.length];
        int[] ends = new int[spans.length];
        for (int i = 0; i < spans.length; i++) {
            starts[i] = spans[i] == null ? 0 : spans[i].getStart();
            ends[i] = spans[i] == null ? 0 : spans[i].getEnd();
        }
        return new Tokens(
                encoding.getIds(),
                encoding.getTypeIds(),
                starts,
                ends,
                encoding.getSpecialTokenMask());
    }

    String decode(long[] ids, boolean skipSpecial) {
        return tokenizer.decode(ids, skipSpecial);
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
