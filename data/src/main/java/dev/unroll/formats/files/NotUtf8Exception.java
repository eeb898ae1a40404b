package dev.unroll.formats.files;

import java.io.IOException;

/** Bytes that were to be text and are not UTF-8; the message says where. */
public final class NotUtf8Exception extends IOException {
    private static final long serialVersionUID = 1L;

    NotUtf8Exception(String message, Throwable cause) {
        super(message, cause);
    }
}
