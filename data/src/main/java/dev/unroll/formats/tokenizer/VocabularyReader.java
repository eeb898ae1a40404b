package dev.unroll.formats.tokenizer;

import dev.unroll.text.pipeline.AddedToken;
import dev.unroll.text.pipeline.PostProcessor;
import dev.unroll.text.pipeline.TextPipeline;
import dev.unroll.text.pipeline.decode.ByteLevelDecoder;
import dev.unroll.text.pipeline.model.BytePairEncoding;
import dev.unroll.text.pipeline.model.BytePairOptions;
import dev.unroll.text.pipeline.model.RenumberedModel;
import dev.unroll.text.pipeline.model.TokenTable;
import dev.unroll.text.pipeline.postprocess.ByteLevelTrimming;
import dev.unroll.text.pipeline.postprocess.RobertaProcessing;
import dev.unroll.text.pipeline.postprocess.TemplateProcessing;
import dev.unroll.text.pipeline.pretokenize.ByteLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Makes tokenizers of vocabularies, by what the models that have them do. */
final class VocabularyReader {

    private static final String BEGIN = "<s>";
    private static final String END = "</s>";
    private static final String UNKNOWN = "<unk>";
    private static final Pattern LANGUAGE = Pattern.compile(">>[^<>]+<<");

    private VocabularyReader() {}

    /**
     * The tokenizer of a GPT-2 or RoBERTa.
     *
     * @param ids of the tokens
     * @param vocabulary the file of these, for messages
     * @param lines of the merges
     * @param file of these, for messages
     */
    static TextPipeline bytePairs(
            Map<String, Integer> ids, String vocabulary, List<String> lines, String file) {
        TokenTable table = table(ids, vocabulary);
        List<String> merges = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isEmpty() || line.startsWith("#version")) {
                continue;
            }
            int space = line.indexOf(' ');
            if (space <= 0 || line.indexOf(' ', space + 1) >= 0 || space == line.length() - 1) {
                throw new TokenizerFileException(
                        "%s: line %d: '%s' is not two tokens with a space between them; get the file again"
                                .formatted(file, i + 1, JsonPath.shortened(line)));
            }
            String left = line.substring(0, space);
            String right = line.substring(space + 1);
            for (String token : List.of(left, right, left + right)) {
                if (table.id(token).isEmpty()) {
                    throw new TokenizerFileException(
                            "%s: line %d: %s lacks the token '%s'; both files have to be of the same model"
                                    .formatted(file, i + 1, vocabulary, JsonPath.shortened(token)));
                }
            }
            merges.add(left);
            merges.add(right);
        }
        List<AddedToken> special = new ArrayList<>();
        for (String token : List.of("<|endoftext|>", BEGIN, END, "<pad>", "<unk>", "<mask>")) {
            Integer id = ids.get(token);
            if (id != null) {
                boolean mask = token.equals("<mask>");
                special.add(new AddedToken(token, id, false, mask, false, false, true));
            }
        }
        Integer begin = ids.get(BEGIN);
        Integer end = ids.get(END);
        PostProcessor processor =
                begin == null || end == null
                        ? new ByteLevelTrimming(false, false)
                        : new RobertaProcessing(begin, end, true, false);
        try {
            return new TextPipeline(
                    new TextPipeline.Steps(
                            null,
                            new ByteLevel(false, true),
                            new BytePairEncoding(
                                    table,
                                    merges,
                                    new BytePairOptions(null, "", "", false, false, false)),
                            processor,
                            new ByteLevelDecoder(),
                            special,
                            null,
                            null));
        } catch (IllegalArgumentException e) {
            throw new TokenizerFileException(file + ": " + e.getMessage(), e);
        }
    }

    private static TokenTable table(Map<String, Integer> ids, String file) {
        try {
            return ModelReader.table(ids);
        } catch (IllegalArgumentException e) {
            throw new TokenizerFileException(file + ": " + e.getMessage(), e);
        }
    }

    /**
     * The tokenizer of a Marian translator. Languages to translate into, which the vocabulary has
     * as {@code >>fra<<}, are tokens of their own wherever they stand.
     *
     * @param reader of the SentencePiece model
     * @param ids of the tokens
     * @param file of these, for messages
     */
    static TextPipeline marian(SentencePieceReader reader, Map<String, Integer> ids, String file) {
        Integer end = ids.get(END);
        if (end == null) {
            throw new TokenizerFileException(
                    file
                            + ": the token </s> is missing, which ends a text; is it a Marian"
                            + " translator's vocabulary?");
        }
        TemplateProcessing.Tokens behind = new TemplateProcessing.Tokens(List.of(end), 0);
        List<AddedToken> special = new ArrayList<>();
        for (String token : List.of(END, UNKNOWN, "<pad>")) {
            Integer id = ids.get(token);
            if (id != null) {
                special.add(AddedToken.special(token, id));
            }
        }
        ids.forEach(
                (token, id) -> {
                    if (LANGUAGE.matcher(token).matches()) {
                        special.add(new AddedToken(token, id, false, false, false, false, false));
                    }
                });
        try {
            return new TextPipeline(
                    new TextPipeline.Steps(
                            reader.normalizer(),
                            null,
                            new RenumberedModel(
                                    reader.model(), reader.unknown(), table(ids, file), UNKNOWN),
                            new TemplateProcessing(
                                    List.of(new TemplateProcessing.Text(false, 0), behind),
                                    List.of(
                                            new TemplateProcessing.Text(false, 0),
                                            new TemplateProcessing.Text(true, 0),
                                            behind)),
                            reader.decoder(UNKNOWN),
                            special,
                            null,
                            null));
        } catch (TokenizerFileException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new TokenizerFileException(file + ": " + e.getMessage(), e);
        }
    }
}
