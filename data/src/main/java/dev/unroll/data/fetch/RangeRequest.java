package dev.unroll.data.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.Optional;

/**
 * One request for what is missing of a file, and its answer (RFC 9110, section 14: range requests).
 *
 * <p>Failures of the network come back as an {@link Outcome}; an exception is a problem of the
 * disk.
 */
record RangeRequest(
        HttpClient client,
        Duration patience,
        DataFile file,
        PartialFile part,
        ProgressListener listener) {

    /** The result of a request. */
    sealed interface Outcome {
        /** Nothing is missing any more. */
        record Whole() implements Outcome {}

        /** Asking again may help. */
        record Broken(String why) implements Outcome {}

        /** Asking again will not help. */
        record Refused(String why) implements Outcome {}
    }

    Outcome run() throws IOException {
        if (isWhole(part.size())) {
            return new Outcome.Whole();
        }
        if (part.size() > most() || !canGoOn()) {
            part.discard();
        }
        HttpResponse<InputStream> response;
        try {
            response = client.send(request(), BodyHandlers.ofInputStream());
        } catch (ConnectException | UnknownHostException e) {
            return new Outcome.Refused(
                    ("%s cannot be reached (%s): check the network, and behind a proxy"
                                    + " give Java -Dhttps.proxyHost and -Dhttps.proxyPort (to the"
                                    + " command through UNROLL_JAVA_OPTS)")
                            .formatted(file.address().getHost(), why(e)));
        } catch (IOException e) {
            return new Outcome.Broken(why(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Refused("interrupted; what came is kept");
        }
        try (InputStream body = response.body()) {
            return answered(response, body);
        }
    }

    private HttpRequest request() throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(file.address())
                        .timeout(patience)
                        .header("User-Agent", "Unroll");
        if (part.size() > 0) {
            request.header("Range", "bytes=" + part.size() + "-");
            part.tag().ifPresent(tag -> request.header("If-Range", tag));
        }
        return request.build();
    }

    private Outcome answered(HttpResponse<InputStream> response, InputStream body)
            throws IOException {
        int status = response.statusCode();
        return switch (status) {
            case 200 -> {
                try (FileChannel channel = part.begin(strongTag(response))) {
                    yield copy(response, body, channel, 0);
                }
            }
            case 206 -> {
                String range = response.headers().firstValue("Content-Range").orElse("");
                if (!range.startsWith("bytes " + part.size() + "-")) {
                    part.discard();
                    yield new Outcome.Broken("the server sent another range, '" + range + "'");
                }
                try (FileChannel channel = part.goOn()) {
                    yield copy(response, body, channel, part.size());
                }
            }
            case 416 -> {
                part.discard();
                yield new Outcome.Broken("the server has fewer bytes than came before");
            }
            case 404, 410 -> new Outcome.Refused("it is not there any more (HTTP " + status + ")");
            case 408, 425, 429, 500, 502, 503, 504 ->
                    new Outcome.Broken("the server is busy or broken (HTTP " + status + ")");
            default -> new Outcome.Refused("the server answers HTTP " + status);
        };
    }

    private Outcome copy(
            HttpResponse<InputStream> response, InputStream body, FileChannel to, long start)
            throws IOException {
        long total = total(response, start);
        byte[] buffer = new byte[1 << 16];
        long size = start;
        try (StallTimeout waiting = new StallTimeout(body, patience)) {
            while (true) {
                int count;
                try {
                    count = body.read(buffer);
                } catch (IOException e) {
                    to.force(true);
                    return new Outcome.Broken(why(e));
                }
                if (count < 0) {
                    break;
                }
                waiting.renew();
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
                while (bytes.hasRemaining()) {
                    to.write(bytes);
                }
                size += count;
                if (size > most()) {
                    part.discard();
                    return new Outcome.Refused(
                            "the server sends more than %,d bytes".formatted(most()));
                }
                listener.received(file, size, total);
            }
        }
        to.force(true);
        return ended(response, size);
    }

    /**
     * An answer that says how long it is, or comes in chunks, is whole when it ends, and its
     * checksum decides. Any other ends where the connection ends, so it may have been cut off.
     */
    private Outcome ended(HttpResponse<InputStream> response, long size) {
        boolean announced =
                response.headers().firstValue("Content-Length").isPresent()
                        || response.headers().firstValue("Transfer-Encoding").isPresent();
        return announced || size == file.size()
                ? new Outcome.Whole()
                : new Outcome.Broken("%,d of %,d bytes came".formatted(size, file.size()));
    }

    private boolean isWhole(long size) {
        return switch (file.release()) {
            case FIXED -> size == file.size();
            case ROLLING, UNCHECKED -> false;
        };
    }

    /** Without a tag, only the checksum tells whether two pieces belong together. */
    private boolean canGoOn() throws IOException {
        return switch (file.release()) {
            case FIXED -> true;
            case ROLLING, UNCHECKED -> part.tag().isPresent();
        };
    }

    /** The most bytes to take from a server. */
    private long most() {
        return switch (file.release()) {
            case FIXED -> file.size();
            case ROLLING, UNCHECKED -> 16 * file.size();
        };
    }

    private long total(HttpResponse<InputStream> response, long start) {
        return switch (file.release()) {
            case FIXED -> file.size();
            case ROLLING, UNCHECKED ->
                    response.headers().firstValueAsLong("Content-Length").orElse(-1 - start)
                            + start;
        };
    }

    /** Weak tags, which start with W/, do not promise the same bytes. */
    private static Optional<String> strongTag(HttpResponse<?> response) {
        return response.headers().firstValue("ETag").filter(tag -> tag.startsWith("\""));
    }

    private static String why(IOException e) {
        Throwable cause = e;
        while (cause.getMessage() == null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
