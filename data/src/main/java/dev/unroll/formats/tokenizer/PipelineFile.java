package dev.unroll.formats.tokenizer;

import dev.unroll.formats.files.Utf8;
import dev.unroll.text.pipeline.AddedToken;
import dev.unroll.text.pipeline.SubwordModel;
import dev.unroll.text.pipeline.TextPipeline;
import dev.unroll.text.pipeline.decode.WordPieceDecoder;
import dev.unroll.text.pipeline.model.WordPiece;
import dev.unroll.text.pipeline.normalize.BertNormalizer;
import dev.unroll.text.pipeline.postprocess.TemplateProcessing;
import dev.unroll.text.pipeline.pretokenize.BertPreTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the tokenizers of pretrained models as they are published: a {@code tokenizer.json} of
 * Hugging Face's tokenizers library with all its steps, or a BERT's {@code vocab.txt}.
 *
 * <p>What is read gives the tokens that Hugging Face's library gives. What is not known is refused,
 * and the message says where it stands. {@link TokenizerFile} reads and writes the tokenizers that
 * Unroll trains.
 */
public final class PipelineFile {

    private static final List<String> BERT_TOKENS =
            List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");

    private PipelineFile() {}

    /**
     * {@return the tokenizer of a {@code tokenizer.json}}
     *
     * @param file to be read
     * @throws IOException if it cannot be read
     * @throws TokenizerFileException if it is damaged or asks for something that is not known
     */
    public static TextPipeline read(Path file) throws IOException {
        return read(bytes(file), file.toString());
    }

    /**
     * {@return the tokenizer of a {@code tokenizer.json}}
     *
     * @param bytes of the file
     * @param name of the file, for messages
     * @throws TokenizerFileException if it is damaged or asks for something that is not known
     */
    public static TextPipeline read(byte[] bytes, String name) {
        PipelineDocument document = PipelineDocument.read(bytes, name);
        JsonPath root = document.root();
        root.allowOnly(
                "version",
                "truncation",
                "padding",
                "added_tokens",
                "normalizer",
                "pre_tokenizer",
                "post_processor",
                "decoder",
                "model");
        SubwordModel model = ModelReader.read(document);
        try {
            return new TextPipeline(
                    new TextPipeline.Steps(
                            root.at("normalizer").isAbsent()
                                    ? null
                                    : NormalizerReader.read(root.at("normalizer")),
                            root.at("pre_tokenizer").isAbsent()
                                    ? null
                                    : PreTokenizerReader.read(root.at("pre_tokenizer")),
                            model,
                            root.at("post_processor").isAbsent()
                                    ? null
                                    : PostProcessorReader.read(root.at("post_processor")),
                            root.at("decoder").isAbsent()
                                    ? null
                                    : DecoderReader.read(root.at("decoder")),
                            AddedTokenReader.read(root.at("added_tokens"), model),
                            AddedTokenReader.truncation(root.at("truncation")),
                            AddedTokenReader.padding(root.at("padding"))));
        } catch (TokenizerFileException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new TokenizerFileException(name + ": " + e.getMessage(), e);
        }
    }

    private static byte[] bytes(Path file) throws IOException {
        long size = Files.size(file);
        if (size > TokenizerFile.LARGEST) {
            throw new TokenizerFileException(
                    "%s: %d bytes; a tokenizer has at most %d"
                            .formatted(file, size, TokenizerFile.LARGEST));
        }
        return Files.readAllBytes(file);
    }

    /**
     * {@return the tokenizer of a BERT that is published with its vocabulary only}
     *
     * @param file a {@code vocab.txt}: a token a line, the first with the id 0, in UTF-8
     * @param lowerCase whether the model is "uncased": texts lose upper case and accents
     * @throws IOException if it cannot be read
     * @throws TokenizerFileException if a token stands there twice or BERT's special tokens are
     *     missing
     */
    public static TextPipeline ofVocabulary(Path file, boolean lowerCase) throws IOException {
        return ofVocabulary(file, new BertNormalizer(true, true, lowerCase, lowerCase));
    }

    /**
     * {@return the tokenizer of a BERT that is published with its vocabulary only}
     *
     * @param file a {@code vocab.txt}: a token a line, the first with the id 0, in UTF-8
     * @param normalizer what is done to a text first
     * @throws IOException if it cannot be read
     * @throws TokenizerFileException if a token stands there twice or BERT's special tokens are
     *     missing
     */
    public static TextPipeline ofVocabulary(Path file, BertNormalizer normalizer)
            throws IOException {
        Map<String, Integer> ids = new LinkedHashMap<>();
        int line = 0;
        for (String token : Utf8.lines(file)) {
            if (ids.put(token.stripTrailing(), line) != null) {
                throw new TokenizerFileException(
                        "%s: line %d: the token '%s' stands there twice"
                                .formatted(file, line + 1, JsonPath.shortened(token)));
            }
            line++;
        }
        List<AddedToken> special = new ArrayList<>();
        for (String token : BERT_TOKENS) {
            Integer id = ids.get(token);
            if (id == null) {
                throw new TokenizerFileException(
                        "%s: the token %s is missing; a BERT's vocab.txt has %s"
                                .formatted(file, token, String.join(", ", BERT_TOKENS)));
            }
            special.add(AddedToken.special(token, id));
        }
        TemplateProcessing.Tokens begin = token(ids, "[CLS]", 0);
        TemplateProcessing.Text first = new TemplateProcessing.Text(false, 0);
        TemplateProcessing.Tokens end = token(ids, "[SEP]", 0);
        return new TextPipeline(
                new TextPipeline.Steps(
                        normalizer,
                        new BertPreTokenizer(),
                        new WordPiece(ModelReader.table(ids), "[UNK]", "##", 100),
                        new TemplateProcessing(
                                List.of(begin, first, end),
                                List.of(
                                        begin,
                                        first,
                                        end,
                                        new TemplateProcessing.Text(true, 1),
                                        token(ids, "[SEP]", 1))),
                        new WordPieceDecoder("##", true),
                        special,
                        null,
                        null));
    }

    /**
     * {@return the tokenizer of a GPT-2 or RoBERTa that is published with its vocabulary and
     * merges} A vocabulary with {@code <s>} and {@code </s>} is RoBERTa's, and these stand around a
     * text.
     *
     * @param vocabulary a {@code vocab.json}: the tokens with their ids
     * @param merges a {@code merges.txt}: a pair of tokens a line, the first merge first
     * @throws IOException if a file cannot be read
     * @throws TokenizerFileException if a file is damaged, or the vocabulary lacks a token of a
     *     merge
     */
    public static TextPipeline ofMerges(Path vocabulary, Path merges) throws IOException {
        return VocabularyReader.bytePairs(
                PipelineDocument.vocabulary(bytes(vocabulary), vocabulary.toString()),
                vocabulary.toString(),
                Utf8.lines(merges),
                merges.toString());
    }

    /**
     * {@return the tokenizer of a SentencePiece model, which adds no special tokens}
     *
     * @param file such as {@code sentencepiece.bpe.model} or {@code source.spm}; Unigram or
     *     byte-pair encoding
     * @throws IOException if it cannot be read
     * @throws TokenizerFileException if it is damaged or asks for something that is not known
     */
    public static TextPipeline ofSentencePiece(Path file) throws IOException {
        return ofSentencePiece(bytes(file), file.toString());
    }

    /**
     * {@return the tokenizer of a SentencePiece model, which adds no special tokens}
     *
     * @param bytes of the file
     * @param name of the file, for messages
     * @throws TokenizerFileException if it is damaged or asks for something that is not known
     */
    public static TextPipeline ofSentencePiece(byte[] bytes, String name) {
        SentencePieceReader reader = new SentencePieceReader(bytes, name);
        return new TextPipeline(
                new TextPipeline.Steps(
                        reader.normalizer(),
                        null,
                        reader.model(),
                        null,
                        reader.decoder(),
                        List.of(),
                        null,
                        null));
    }

    /**
     * {@return the tokenizer of a Marian translator: a SentencePiece model cuts, a vocabulary that
     * both languages share gives the ids, and {@code </s>} stands behind a text}
     *
     * @param file such as {@code source.spm}
     * @param vocabulary a {@code vocab.json}: the tokens with their ids
     * @throws IOException if a file cannot be read
     * @throws TokenizerFileException if a file is damaged or asks for something that is not known
     */
    public static TextPipeline ofMarian(Path file, Path vocabulary) throws IOException {
        return VocabularyReader.marian(
                new SentencePieceReader(bytes(file), file.toString()),
                PipelineDocument.vocabulary(bytes(vocabulary), vocabulary.toString()),
                vocabulary.toString());
    }

    private static TemplateProcessing.Tokens token(
            Map<String, Integer> ids, String token, int type) {
        return new TemplateProcessing.Tokens(List.of(ids.getOrDefault(token, 0)), type);
    }
}
