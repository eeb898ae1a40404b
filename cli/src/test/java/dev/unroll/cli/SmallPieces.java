package dev.unroll.cli;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A SentencePiece model of the Unigram kind in the bytes of its protocol buffer: the pieces, and
 * behind them a normalizer_spec of defaults. Lengths are below 128, so that each is one byte.
 */
final class SmallPieces {
    private static final int NORMAL = 1;
    private static final int UNKNOWN = 2;
    private static final int CONTROL = 3;

    private final ByteArrayOutputStream model = new ByteArrayOutputStream();

    /** With the pieces that every model has. */
    SmallPieces() {
        piece("<unk>", 0, UNKNOWN);
        piece("<s>", 0, CONTROL);
        piece("</s>", 0, CONTROL);
    }

    /** Adds a piece. */
    SmallPieces with(String piece, float score) {
        piece(piece, score, NORMAL);
        return this;
    }

    private void piece(String text, float score, int kind) {
        byte[] letters = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer piece =
                ByteBuffer.allocate(2 + letters.length + 5 + 2).order(ByteOrder.LITTLE_ENDIAN);
        piece.put((byte) 0x0A).put((byte) letters.length).put(letters);
        piece.put((byte) 0x15).putFloat(score);
        piece.put((byte) 0x18).put((byte) kind);
        model.write(0x0A);
        model.write(piece.capacity());
        model.writeBytes(piece.array());
    }

    /** {@return the pieces alone, as a file begins that was cut off} */
    byte[] unfinished() {
        return model.toByteArray();
    }

    /** {@return the whole file} */
    byte[] whole() {
        byte[] pieces = model.toByteArray();
        return ByteBuffer.allocate(pieces.length + 2)
                .put(pieces)
                .put((byte) 0x1A)
                .put((byte) 0)
                .array();
    }
}
