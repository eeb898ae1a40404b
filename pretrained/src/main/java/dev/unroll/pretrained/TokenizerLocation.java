package dev.unroll.pretrained;

import dev.unroll.formats.tokenizer.PipelineFile;
import dev.unroll.pretrained.architecture.ModelConfig;
import dev.unroll.pretrained.architecture.PretrainedException;
import dev.unroll.text.pipeline.TextPipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the file or files that a model's tokenizer is in. */
final class TokenizerLocation {
    private static final String WHOLE = "tokenizer.json";
    private static final String WORDS = "vocab.txt";
    private static final String SETTINGS = "tokenizer_config.json";

    private TokenizerLocation() {}

    /** The tokenizer, with every step that its files name. */
    static TextPipeline read(ModelFiles files) throws IOException {
        if (files.has(WHOLE)) {
            return PipelineFile.read(files.read(WHOLE), files.from() + ": " + WHOLE);
        }
        if (files.has(WORDS)) {
            boolean lowerCase =
                    !files.has(SETTINGS)
                            || ModelConfig.parse(
                                            files.read(SETTINGS), files.from() + ": " + SETTINGS)
                                    .flag("do_lower_case", true);
            return words(files, lowerCase);
        }
        throw new PretrainedException(
                "%s has no tokenizer: neither %s nor %s".formatted(files.from(), WHOLE, WORDS));
    }

    private static TextPipeline words(ModelFiles files, boolean lowerCase) throws IOException {
        if (files instanceof ModelFiles.Folder(Path path)) {
            return PipelineFile.ofVocabulary(path.resolve(WORDS), lowerCase);
        }
        Path copy = Files.createTempFile("vocab", ".txt");
        try {
            Files.write(copy, files.read(WORDS));
            return PipelineFile.ofVocabulary(copy, lowerCase);
        } finally {
            Files.delete(copy);
        }
    }
}
