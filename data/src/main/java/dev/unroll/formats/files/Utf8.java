package dev.unroll.formats.files;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Text in UTF-8, read strictly: bytes that are not UTF-8 are refused and never replaced, and the
 * byte order mark that some programs write before a text is no part of it.
 */
public final class Utf8 {
    private static final char BYTE_ORDER_MARK = '\ufeff';

    private Utf8() {}

    /**
     * Reads a file.
     *
     * @param file of text
     * @return its text, without a byte order mark
     * @throws NotUtf8Exception if it is not UTF-8; the message names the file, the line and the
     *     byte
     */
    public static String read(Path file) throws IOException {
        return text(file, Files.readAllBytes(file));
    }

    /**
     * Reads a file that may be packed with gzip.
     *
     * @param file of text
     * @return its text, without a byte order mark
     * @throws NotUtf8Exception if it is not UTF-8; the message names the file, the line and the
     *     byte
     */
    public static String readUnpacked(Path file) throws IOException {
        try (BufferedInputStream bytes = new BufferedInputStream(Files.newInputStream(file))) {
            InputStream in = Gzip.isPacked(bytes) ? Gzip.unpacked(bytes) : bytes;
            return text(file, in.readAllBytes());
        }
    }

    private static String text(Path file, byte[] bytes) throws NotUtf8Exception {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        try {
            return unmarked(StandardCharsets.UTF_8.newDecoder().decode(buffer).toString());
        } catch (CharacterCodingException e) {
            int line = 1;
            int begin = 0;
            for (int at = 0; at < buffer.position(); at++) {
                if (bytes[at] == '\n') {
                    line++;
                    begin = at + 1;
                }
            }
            throw new NotUtf8Exception(
                    "%s:%d: byte %d of the line is not UTF-8; save the file as text in UTF-8"
                            .formatted(file, line, buffer.position() - begin + 1),
                    e);
        }
    }

    /**
     * Reads the lines of a file, as {@link #read} reads its text.
     *
     * @param file of text
     * @return its lines without their ends
     * @throws NotUtf8Exception if it is not UTF-8; the message names the file, the line and the
     *     byte
     */
    public static List<String> lines(Path file) throws IOException {
        return read(file).lines().toList();
    }

    /**
     * A line from its bytes.
     *
     * @param bytes of the line, without the LF at its end
     * @param first whether it is the first of its text, where a byte order mark may stand
     * @return the line, without the CR of an end in CR LF
     * @throws NotUtf8Exception if it is not UTF-8; the message names the byte, counted from 1
     */
    public static String line(byte[] bytes, boolean first) throws NotUtf8Exception {
        int end =
                bytes.length > 0 && bytes[bytes.length - 1] == '\r'
                        ? bytes.length - 1
                        : bytes.length;
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, end);
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(buffer).toString();
            return first ? unmarked(text) : text;
        } catch (CharacterCodingException e) {
            throw new NotUtf8Exception(
                    "byte " + (buffer.position() + 1) + " of the line is not UTF-8", e);
        }
    }

    private static String unmarked(String text) {
        return text.indexOf(BYTE_ORDER_MARK) == 0 ? text.substring(1) : text;
    }
}
