package dev.unroll.pretrained;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.unroll.formats.tokenizer.PipelineFile;
import dev.unroll.pretrained.architecture.ModelConfig;
import dev.unroll.pretrained.architecture.PretrainedException;
import dev.unroll.text.pipeline.TextPipeline;
import dev.unroll.text.pipeline.normalize.BertNormalizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds the file or files that a model's tokenizer is in. */
public final class TokenizerLocation {
    private static final String WHOLE = "tokenizer.json";
    private static final String WORDS = "vocab.txt";
    private static final String SETTINGS = "tokenizer_config.json";
    private static final String IDS = "vocab.json";
    private static final String MERGES = "merges.txt";
    private static final String SOURCE_PIECES = "source.spm";
    private static final List<String> OTHER_PIECES =
            List.of("sentencepiece.bpe.model", "spiece.model", "tokenizer.model");

    /** All files that belong to a tokenizer that is read here, or in Hugging Face's libraries. */
    public static final List<String> FILES =
            List.of(
                    WHOLE,
                    SETTINGS,
                    WORDS,
                    IDS,
                    MERGES,
                    SOURCE_PIECES,
                    "target.spm",
                    "special_tokens_map.json");

    private TokenizerLocation() {}

    /**
     * Reads the tokenizer, with every step that its files name: {@code tokenizer.json}, or where
     * there is none {@code source.spm} with {@code vocab.json}, {@code vocab.json} with {@code
     * merges.txt}, or {@code vocab.txt} (with {@code do_lower_case}, {@code strip_accents} and
     * {@code tokenize_chinese_chars} of {@code tokenizer_config.json}; what it does not say is
     * true, but for {@code strip_accents}, which then is as {@code do_lower_case}).
     *
     * @param files of a model or of a run
     * @return the tokenizer
     * @throws IllegalArgumentException if there is none, or if a file is damaged or asks for
     *     something that is not known
     * @throws IOException if a file cannot be read
     */
    public static TextPipeline read(ModelFiles files) throws IOException {
        if (files.has(WHOLE)) {
            return PipelineFile.read(files.read(WHOLE), files.from() + ": " + WHOLE);
        }
        if (files.has(SOURCE_PIECES) && files.has(IDS)) {
            return onDisk(
                    files,
                    List.of(SOURCE_PIECES, IDS),
                    folder ->
                            PipelineFile.ofMarian(
                                    folder.resolve(SOURCE_PIECES), folder.resolve(IDS)));
        }
        if (files.has(IDS) && files.has(MERGES)) {
            refuse(settings(files), "add_prefix_space", true);
            return onDisk(
                    files,
                    List.of(IDS, MERGES),
                    folder -> PipelineFile.ofMerges(folder.resolve(IDS), folder.resolve(MERGES)));
        }
        if (files.has(WORDS)) {
            BertNormalizer normalizer = normalizer(settings(files));
            return onDisk(
                    files,
                    List.of(WORDS),
                    folder -> PipelineFile.ofVocabulary(folder.resolve(WORDS), normalizer));
        }
        for (String pieces : OTHER_PIECES) {
            if (files.has(pieces)) {
                throw new PretrainedException(
                        ("%s has its tokenizer in %s alone, which does not say the ids of the special"
                                        + " tokens; write a %s: AutoTokenizer.from_pretrained(...)"
                                        + ".save_pretrained(...) of transformers does")
                                .formatted(files.from(), pieces, WHOLE));
            }
        }
        throw new PretrainedException(
                "%s has no tokenizer: neither %s nor %s, %s with %s or %s with %s"
                        .formatted(files.from(), WHOLE, WORDS, IDS, MERGES, SOURCE_PIECES, IDS));
    }

    /**
     * Writes the files of a tokenizer as they are.
     *
     * @param files that they are among
     * @param folder that is there
     * @throws IOException if a file cannot be read or written
     */
    public static void copy(ModelFiles files, Path folder) throws IOException {
        for (String name : FILES) {
            if (files.has(name)) {
                Files.write(folder.resolve(name), files.read(name));
            }
        }
    }

    /** {@return the name of the file that gives the ids of the tokens that {@link #read} reads} */
    static String idsOf(ModelFiles files) {
        return Stream.of(WHOLE, IDS, WORDS).filter(files::has).findFirst().orElse(WHOLE);
    }

    private static ModelConfig settings(ModelFiles files) throws IOException {
        byte[] content = files.has(SETTINGS) ? files.read(SETTINGS) : "{}".getBytes(UTF_8);
        return ModelConfig.parse(content, files.from() + ": " + SETTINGS);
    }

    private static BertNormalizer normalizer(ModelConfig settings) {
        refuse(settings, "do_basic_tokenize", false);
        boolean lowerCase = settings.flag("do_lower_case", true);
        return new BertNormalizer(
                true,
                settings.flag("tokenize_chinese_chars", true),
                settings.flag("strip_accents", lowerCase),
                lowerCase);
    }

    /** Refuses a setting that is followed in a {@code tokenizer.json} alone. */
    private static void refuse(ModelConfig settings, String key, boolean value) {
        if (settings.flag(key, !value) == value) {
            throw new PretrainedException(
                    ("%s: %s is %s, which is read of a %s alone; write one:"
                                    + " AutoTokenizer.from_pretrained(...).save_pretrained(...) of"
                                    + " transformers does")
                            .formatted(settings.from(), key, value, WHOLE));
        }
    }

    /** Reads a tokenizer out of a folder. */
    @FunctionalInterface
    private interface FolderReader {
        TextPipeline read(Path folder) throws IOException;
    }

    /** Files of a class path or of streams are written down for as long as they are read. */
    private static TextPipeline onDisk(ModelFiles files, List<String> names, FolderReader reader)
            throws IOException {
        if (files instanceof ModelFiles.Folder(Path path)) {
            return reader.read(path);
        }
        Path copies = Files.createTempDirectory("unroll-tokenizer");
        try {
            for (String name : names) {
                Files.write(copies.resolve(name), files.read(name));
            }
            return reader.read(copies);
        } finally {
            for (String name : names) {
                Files.deleteIfExists(copies.resolve(name));
            }
            Files.delete(copies);
        }
    }
}
