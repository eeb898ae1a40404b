package dev.unroll.formats.tokenizer;

import java.util.ArrayList;
import java.util.List;

/** What a SentencePiece model file says ({@code sentencepiece_model.proto} of its source). */
final class SentencePieceModel {

    static final int NORMAL = 1;
    static final int UNKNOWN = 2;
    static final int CONTROL = 3;
    static final int USER_DEFINED = 4;
    static final int UNUSED = 5;
    static final int BYTE = 6;
    static final int UNIGRAM_MODEL = 1;
    static final int PAIRS_MODEL = 2;

    private static final int MOST_PIECES = 1 << 22;

    final List<String> pieces = new ArrayList<>();
    final List<Float> scores = new ArrayList<>();
    final List<Integer> kinds = new ArrayList<>();
    int modelType = UNIGRAM_MODEL;
    boolean byteFallback;
    boolean whitespaceAsSuffix;
    String unknownSurface = " \u2047 ";
    byte[] charsmap = {};
    boolean dummyPrefix = true;
    boolean removesExtraSpaces = true;
    boolean escapesSpaces = true;

    static SentencePieceModel read(byte[] bytes, String file) {
        if (bytes.length == 0) {
            throw new TokenizerFileException(file + ": is empty; get the file again");
        }
        SentencePieceModel model = new SentencePieceModel();
        boolean whole = false;
        ProtoFields fields = new ProtoFields(bytes, 0, bytes.length, file);
        while (fields.next()) {
            switch (fields.number()) {
                case 1 -> model.piece(fields.message(), file);
                case 2 -> model.trainer(fields.message());
                case 3 -> {
                    model.normalizer(fields.message());
                    whole = true;
                }
                default -> {}
            }
        }
        if (model.pieces.isEmpty()) {
            throw new TokenizerFileException(
                    file
                            + ": has no pieces, so it is no SentencePiece model; name one, or get the"
                            + " file again");
        }
        if (!whole) {
            throw new TokenizerFileException(
                    file
                            + ": has no normalizer_spec, which SentencePiece writes behind the pieces;"
                            + " the file may be cut off; get it again");
        }
        return model;
    }

    private void piece(ProtoFields fields, String file) {
        String piece = "";
        float score = 0;
        int kind = NORMAL;
        while (fields.next()) {
            switch (fields.number()) {
                case 1 -> piece = fields.string();
                case 2 -> score = fields.real();
                case 3 -> kind = fields.integer();
                default -> {}
            }
        }
        if (piece.isEmpty() || !Float.isFinite(score) || kind < NORMAL || kind > BYTE) {
            throw new TokenizerFileException(
                    "%s: piece %d ('%s', score %s, kind %d) is not as it should be"
                            .formatted(
                                    file, pieces.size(), JsonPath.shortened(piece), score, kind));
        }
        if (pieces.size() == MOST_PIECES) {
            throw new TokenizerFileException(
                    file + ": has more than %d pieces".formatted(MOST_PIECES));
        }
        pieces.add(piece);
        scores.add(score);
        kinds.add(kind);
    }

    private void trainer(ProtoFields fields) {
        while (fields.next()) {
            switch (fields.number()) {
                case 3 -> modelType = fields.integer();
                case 24 -> whitespaceAsSuffix = fields.bool();
                case 35 -> byteFallback = fields.bool();
                case 44 -> unknownSurface = fields.string();
                default -> {}
            }
        }
    }

    private void normalizer(ProtoFields fields) {
        while (fields.next()) {
            switch (fields.number()) {
                case 2 -> charsmap = fields.raw();
                case 3 -> dummyPrefix = fields.bool();
                case 4 -> removesExtraSpaces = fields.bool();
                case 5 -> escapesSpaces = fields.bool();
                default -> {}
            }
        }
    }
}
