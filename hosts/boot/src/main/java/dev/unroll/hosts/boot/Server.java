package dev.unroll.hosts.boot;

import dev.unroll.hosts.Answers;
import dev.unroll.hosts.Place;
import dev.unroll.hosts.Program;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * A web server that asks predictors in its requests. It sends itself one request for each kind of
 * thread, writes the answers and stops. The arguments are those of {@link Program}; {@code REQUEST}
 * stands for the request's own thread.
 */
@SpringBootApplication
@RestController
public class Server {
    private static final String REQUEST = "REQUEST";

    /** Starts, asks, stops. */
    public static void main(String[] args) throws Exception {
        try (ConfigurableApplicationContext application =
                SpringApplication.run(Server.class, "--server.port=0")) {
            String port = application.getEnvironment().getProperty("local.server.port");
            Map<String, String> answers = new LinkedHashMap<>();
            answers.put(args[2], ask(port, args[0], args[2]));
            answers.putIfAbsent(REQUEST, ask(port, args[0], REQUEST));
            for (Place place : Place.values()) {
                answers.putIfAbsent(place.name(), ask(port, args[0], place.name()));
            }
            Files.writeString(Path.of(args[1]), json(answers));
        }
    }

    private static String ask(String port, String runs, String place)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://localhost:" + port + "/ask?place=" + place + "&runs=" + runs);
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response =
                    client.send(
                            HttpRequest.newBuilder(uri).build(),
                            HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException(place + ": " + response.body());
            }
            return response.body();
        }
    }

    private static String json(Map<String, String> answers) {
        StringBuilder json = new StringBuilder("{");
        answers.forEach(
                (place, answer) ->
                        json.append(json.length() == 1 ? "" : ",")
                                .append('"')
                                .append(place)
                                .append("\":")
                                .append(answer));
        return json.append('}').toString();
    }

    /** Answers on a thread of a kind; written as JSON by the Jackson that Boot brings. */
    @GetMapping("/ask")
    Answers answers(@RequestParam String place, @RequestParam String runs) throws Exception {
        Path folder = Path.of(runs);
        return place.equals(REQUEST) ? Answers.of(folder) : Place.valueOf(place).ask(folder);
    }
}
