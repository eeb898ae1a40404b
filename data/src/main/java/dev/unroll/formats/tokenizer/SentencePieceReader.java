package dev.unroll.formats.tokenizer;

import dev.unroll.text.pipeline.Decoder;
import dev.unroll.text.pipeline.Normalizer;
import dev.unroll.text.pipeline.SubwordModel;
import dev.unroll.text.pipeline.TextPattern;
import dev.unroll.text.pipeline.decode.BeginningSpaceDecoder;
import dev.unroll.text.pipeline.decode.ByteFallbackDecoder;
import dev.unroll.text.pipeline.decode.DecoderSequence;
import dev.unroll.text.pipeline.decode.FuseDecoder;
import dev.unroll.text.pipeline.decode.ReplaceDecoder;
import dev.unroll.text.pipeline.model.BytePairEncoding;
import dev.unroll.text.pipeline.model.BytePairOptions;
import dev.unroll.text.pipeline.model.TokenTable;
import dev.unroll.text.pipeline.model.Unigram;
import dev.unroll.text.pipeline.normalize.CharacterMap;
import dev.unroll.text.pipeline.normalize.SentencePieceNormalizer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes the steps of a tokenizer of a SentencePiece model. */
final class SentencePieceReader {

    private static final int LONGEST_PAIR = 64;

    private final SentencePieceModel model;
    private final String file;

    SentencePieceReader(byte[] bytes, String file) {
        this.model = SentencePieceModel.read(bytes, file);
        this.file = file;
        if (model.whitespaceAsSuffix) {
            throw new TokenizerFileException(
                    file + ": treat_whitespace_as_suffix is set, which is not known here");
        }
    }

    Normalizer normalizer() {
        try {
            return new SentencePieceNormalizer(
                    model.charsmap.length == 0 ? null : new CharacterMap(model.charsmap),
                    model.dummyPrefix,
                    model.removesExtraSpaces,
                    model.escapesSpaces);
        } catch (IllegalArgumentException e) {
            throw new TokenizerFileException(file + ": " + e.getMessage(), e);
        }
    }

    /** The id of the piece for what is unknown. */
    int unknown() {
        int unknown = model.kinds.indexOf(SentencePieceModel.UNKNOWN);
        if (unknown < 0) {
            throw new TokenizerFileException(file + ": has no piece for what is unknown");
        }
        return unknown;
    }

    SubwordModel model() {
        int unknown = unknown();
        try {
            return switch (model.modelType) {
                case SentencePieceModel.UNIGRAM_MODEL ->
                        Unigram.inSinglePrecision(
                                model.pieces,
                                scores(),
                                normal().min().orElse(0),
                                unknown,
                                model.byteFallback);
                case SentencePieceModel.PAIRS_MODEL -> pairs(unknown);
                default ->
                        throw new TokenizerFileException(
                                "%s: model_type %d is not known; 1 (unigram) and 2 (bpe) are"
                                        .formatted(file, model.modelType));
            };
        } catch (TokenizerFileException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new TokenizerFileException(file + ": " + e.getMessage(), e);
        }
    }

    private DoubleStream normal() {
        return IntStream.range(0, model.pieces.size())
                .filter(i -> model.kinds.get(i) == SentencePieceModel.NORMAL)
                .mapToDouble(model.scores::get);
    }

    /** Scores by which text is cut: pieces of the user's own are always preferred. */
    private double[] scores() {
        // SentencePiece looks for the largest from the smallest positive number on.
        float largest = (float) normal().reduce(Float.MIN_NORMAL, Math::max);
        double[] scores = new double[model.pieces.size()];
        for (int i = 0; i < scores.length; i++) {
            int bytes = model.pieces.get(i).getBytes(StandardCharsets.UTF_8).length;
            scores[i] =
                    switch (model.kinds.get(i)) {
                        case SentencePieceModel.NORMAL -> model.scores.get(i);
                        case SentencePieceModel.USER_DEFINED -> bytes * largest - 0.1;
                        default -> Double.NEGATIVE_INFINITY;
                    };
        }
        return scores;
    }

    /** The merges follow from the pieces: whatever two pieces make one, the higher score first. */
    private SubwordModel pairs(int unknown) {
        for (int kind : new int[] {SentencePieceModel.USER_DEFINED, SentencePieceModel.UNUSED}) {
            int at = model.kinds.indexOf(kind);
            if (at >= 0) {
                throw new TokenizerFileException(
                        "%s: piece %d ('%s') is user-defined or unused, which is not known here for model_type bpe"
                                .formatted(file, at, JsonPath.shortened(model.pieces.get(at))));
            }
        }
        Map<String, Integer> ids = PipelineDocument.numbered(model.pieces);
        TokenTable table = ModelReader.table(ids);
        List<Integer> order =
                IntStream.range(0, model.pieces.size())
                        .filter(i -> model.kinds.get(i) == SentencePieceModel.NORMAL)
                        .boxed()
                        .sorted(Comparator.comparingDouble((Integer i) -> -model.scores.get(i)))
                        .toList();
        List<String> merges = new ArrayList<>();
        List<Integer> ranks = new ArrayList<>();
        int rank = -1;
        float before = Float.NaN;
        for (int id : order) {
            if (model.scores.get(id) != before) {
                before = model.scores.get(id);
                rank++;
            }
            String piece = model.pieces.get(id);
            for (int cut = 1; cut < Math.min(piece.length(), LONGEST_PAIR); cut++) {
                if (isNormal(table.find(piece, 0, cut))
                        && isNormal(table.find(piece, cut, piece.length()))) {
                    merges.add(piece.substring(0, cut));
                    merges.add(piece.substring(cut));
                    ranks.add(rank);
                }
            }
        }
        return new BytePairEncoding(
                table,
                merges,
                ranks.stream().mapToInt(Integer::intValue).toArray(),
                new BytePairOptions(
                        model.pieces.get(unknown), "", "", true, model.byteFallback, false));
    }

    private boolean isNormal(int id) {
        return id >= 0 && model.kinds.get(id) == SentencePieceModel.NORMAL;
    }

    Decoder decoder() {
        return decoder(model.unknownSurface);
    }

    /** With what is shown for the unknown piece. */
    Decoder decoder(String unknownSurface) {
        List<Decoder> steps = new ArrayList<>();
        for (int i = 0; i < model.pieces.size(); i++) {
            String content = hidden(model.kinds.get(i), unknownSurface);
            if (content != null) {
                steps.add(
                        new ReplaceDecoder(new TextPattern.Literal(model.pieces.get(i)), content));
            }
        }
        if (model.dummyPrefix || model.removesExtraSpaces) {
            steps.add(new BeginningSpaceDecoder(model.removesExtraSpaces));
        }
        steps.add(new ReplaceDecoder(new TextPattern.Literal("\u2581"), " "));
        steps.add(new ByteFallbackDecoder());
        steps.add(new FuseDecoder());
        return new DecoderSequence(steps);
    }

    /** What is shown for a piece that is no text. */
    private @Nullable String hidden(int kind, String unknownSurface) {
        return switch (kind) {
            case SentencePieceModel.CONTROL -> "";
            case SentencePieceModel.UNKNOWN -> unknownSurface;
            default -> null;
        };
    }
}
