package dev.unroll.data.fetch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on this machine that answers each request as it was told to, in order. */
final class FileServer implements AutoCloseable {

    /** How to answer one request. */
    @FunctionalInterface
    interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ConcurrentLinkedQueue<Answer> answers;

    /** The Range and If-Range headers of each request, or "-". */
    final List<String> requests = new CopyOnWriteArrayList<>();

    FileServer(Answer... answers) {
        this.answers = new ConcurrentLinkedQueue<>(List.of(answers));
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/file");
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(header(exchange, "Range") + " " + header(exchange, "If-Range"));
        Answer answer = answers.poll();
        try {
            (answer == null ? status(418) : answer).to(exchange);
        } finally {
            exchange.close();
        }
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "-" : value;
    }

    /** Everything, whatever range was asked for. */
    static Answer whole(byte[] bytes) {
        return firstBytes(bytes, bytes.length, "\"1\"");
    }

    /** The start of the file, then the connection is cut. */
    static Answer firstBytes(byte[] bytes, int count, String tag) {
        return exchange -> {
            exchange.getResponseHeaders().set("ETag", tag);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes, 0, count);
            exchange.getResponseBody().flush();
        };
    }

    /** As a server that knows ranges and has the file with this tag. */
    static Answer ranges(byte[] bytes, String tag) {
        return exchange -> {
            String range = header(exchange, "Range");
            String condition = header(exchange, "If-Range");
            if (range.equals("-") || !(condition.equals("-") || condition.equals(tag))) {
                firstBytes(bytes, bytes.length, tag).to(exchange);
                return;
            }
            int from = Integer.parseInt(range.replaceAll("[^0-9]", ""));
            if (from >= bytes.length) {
                status(416).to(exchange);
                return;
            }
            exchange.getResponseHeaders()
                    .set(
                            "Content-Range",
                            "bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length);
            exchange.sendResponseHeaders(206, bytes.length - from);
            exchange.getResponseBody().write(bytes, from, bytes.length - from);
        };
    }

    static Answer status(int status) {
        return exchange -> exchange.sendResponseHeaders(status, -1);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
