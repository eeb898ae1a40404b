package dev.unroll.formats.tokenizer;

import dev.unroll.text.pipeline.AddedToken;
import dev.unroll.text.pipeline.PostProcessor;
import dev.unroll.text.pipeline.TextPipeline;
import dev.unroll.text.pipeline.decode.ByteLevelDecoder;
import dev.unroll.text.pipeline.model.BytePairEncoding;
import dev.unroll.text.pipeline.model.BytePairOptions;
import dev.unroll.text.pipeline.model.RenumberedModel;
import dev.unroll.text.pipeline.postprocess.ByteLevelTrimming;
import dev.unroll.text.pipeline.postprocess.RobertaProcessing;
import dev.unroll.text.pipeline.postprocess.TemplateProcessing;
import dev.unroll.text.pipeline.pretokenize.ByteLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes tokenizers of vocabularies, by what the models that have them do. */
final class VocabularyReader {

    private static final String BEGIN = "<s>";
    private static final String END = "</s>";

    private VocabularyReader() {}

    static TextPipeline bytePairs(Map<String, Integer> ids, List<String> lines, String file) {
        List<String> merges = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isEmpty() || line.startsWith("#version")) {
                continue;
            }
            int space = line.indexOf(' ');
            if (space <= 0 || line.indexOf(' ', space + 1) >= 0 || space == line.length() - 1) {
                throw new TokenizerFileException(
                        "%s: line %d: '%s' is not two tokens with a space between them"
                                .formatted(file, i + 1, JsonPath.shortened(line)));
            }
            merges.add(line.substring(0, space));
            merges.add(line.substring(space + 1));
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
                                    ModelReader.table(ids),
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

    static TextPipeline marian(SentencePieceReader reader, Map<String, Integer> ids, String file) {
        Integer end = ids.get(END);
        if (end == null) {
            throw new TokenizerFileException(file + ": the token </s> is missing");
        }
        TemplateProcessing.Tokens behind = new TemplateProcessing.Tokens(List.of(end), 0);
        List<AddedToken> special = new ArrayList<>();
        for (String token : List.of(END, "<unk>", "<pad>")) {
            Integer id = ids.get(token);
            if (id != null) {
                special.add(AddedToken.special(token, id));
            }
        }
        try {
            return new TextPipeline(
                    new TextPipeline.Steps(
                            reader.normalizer(),
                            null,
                            new RenumberedModel(reader.model(), ModelReader.table(ids), "<unk>"),
                            new TemplateProcessing(
                                    List.of(new TemplateProcessing.Text(false, 0), behind),
                                    List.of(
                                            new TemplateProcessing.Text(false, 0),
                                            new TemplateProcessing.Text(true, 0),
                                            behind)),
                            reader.decoder(),
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
