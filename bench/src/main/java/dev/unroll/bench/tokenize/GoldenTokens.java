package dev.unroll.bench.tokenize;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes down what Hugging Face's library makes of texts, for tests that do not have it. Arguments:
 * a folder of {@code *.json} tokenizers and {@code texts.txt}, a text a line with JSON's escapes;
 * and the file to write.
 */
public final class GoldenTokens {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private GoldenTokens() {}

    /** Writes the file. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".json")).sorted().toList()) {
                write(file, folder, lines);
            }
        }
        Files.write(Path.of(arguments[1]), lines, StandardCharsets.UTF_8);
    }

    private static void write(Path file, Path folder, List<String> lines) throws IOException {
        String name = file.getFileName().toString();
        try (Oracle oracle = new Oracle(file)) {
            for (String line : Files.readAllLines(folder.resolve("texts.txt"))) {
                String text = JSON.readValue('"' + line + '"', String.class);
                ObjectNode node = JSON.createObjectNode().put("file", name).put("text", text);
                Oracle.Tokens tokens = oracle.encode(text);
                node.set("ids", JSON.valueToTree(tokens.ids()));
                node.set("starts", JSON.valueToTree(tokens.starts()));
                node.set("ends", JSON.valueToTree(tokens.ends()));
                node.put("decoded", oracle.decode(tokens.ids(), true));
                if (line.length() < 40) {
                    Oracle.Tokens pair = oracle.encode(text, "the cat");
                    node.set("pairIds", JSON.valueToTree(pair.ids()));
                    node.set("pairTypes", JSON.valueToTree(pair.types()));
                }
                lines.add(ascii(JSON.writeValueAsString(node)));
            }
        }
    }

    private static String ascii(String part) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < part.length(); i++) {
            char unit = part.charAt(i);
            text.append(unit < 0x7F ? String.valueOf(unit) : "\\u%04x".formatted((int) unit));
        }
        return text.toString();
    }
}
