package dev.unroll.formats.tokenizer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The values of a {@code tokenizer.json}: the large tables as plain collections, and the rest, of
 * bounded size, as a tree.
 */
final class PipelineDocument {

    /** The most bytes of a part that is kept as a tree. */
    private static final int LARGEST_PART = 8 << 20;

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    /** The tables are too large for that; they are checked here. */
    private static final JsonMapper STREAM = JsonMapper.builder().build();

    private final String file;
    private final byte[] bytes;
    private final ObjectNode root = JsonNodeFactory.instance.objectNode();
    private final ObjectNode model = JsonNodeFactory.instance.objectNode();
    private final Map<String, Integer> vocabulary = new LinkedHashMap<>();
    private final List<String> pieces = new ArrayList<>();
    private final List<Double> scores = new ArrayList<>();
    private final List<String> merges = new ArrayList<>();
    private boolean scored;

    private PipelineDocument(byte[] bytes, String file) {
        this.bytes = bytes;
        this.file = file;
    }

    static PipelineDocument read(byte[] bytes, String file) {
        PipelineDocument document = new PipelineDocument(bytes, file);
        document.parse(document::readRoot);
        return document;
    }

    /** The tokens and ids of a {@code vocab.json}. */
    static Map<String, Integer> vocabulary(byte[] bytes, String file) {
        PipelineDocument document = new PipelineDocument(bytes, file);
        document.parse(
                parser -> {
                    if (parser.nextToken() != JsonToken.START_OBJECT) {
                        throw document.error("the file is no object; tokens with ids are needed");
                    }
                    document.readVocabulary(parser, "");
                    document.end(parser);
                });
        document.requireDifferentIds();
        return document.vocabulary;
    }

    private void requireDifferentIds() {
        if (vocabulary.isEmpty()) {
            throw error("has no tokens; get the file again");
        }
        Map<Integer, String> tokens = HashMap.newHashMap(vocabulary.size());
        for (Map.Entry<String, Integer> entry : vocabulary.entrySet()) {
            String other = tokens.put(entry.getValue(), entry.getKey());
            if (other != null) {
                throw error(
                        "the tokens '%s' and '%s' have the same id %d; each needs its own, so get the file again"
                                .formatted(
                                        JsonPath.shortened(other),
                                        JsonPath.shortened(entry.getKey()),
                                        entry.getValue()));
            }
        }
    }

    private void parse(Consumer<JsonParser> reader) {
        try (JsonParser parser = STREAM.createParser(bytes)) {
            reader.accept(parser);
        } catch (JacksonException e) {
            throw new TokenizerFileException(
                    "%s: line %d, column %d: not JSON as it should be (cut off or damaged?): %s"
                            .formatted(
                                    file,
                                    e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
                                    e.getLocation() == null ? 0 : e.getLocation().getColumnNr(),
                                    JsonPath.shortened(e.getOriginalMessage())),
                    e);
        }
    }

    /** {@return everything but the tables of the model} */
    JsonPath root() {
        return new JsonPath(file, "", root);
    }

    /** {@return the ids of the tokens; empty if the model lists scores} */
    Map<String, Integer> vocabulary() {
        return vocabulary;
    }

    /** {@return whether the vocabulary is a list of tokens with scores} */
    boolean isScored() {
        return scored;
    }

    /** {@return the tokens of a list with scores} */
    List<String> pieces() {
        return pieces;
    }

    /** {@return the scores of such tokens} */
    List<Double> scores() {
        return scores;
    }

    /** {@return the merges, left and right by turns} */
    List<String> merges() {
        return merges;
    }

    private void readRoot(JsonParser parser) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw error("the file is no object; a tokenizer.json is needed");
        }
        Set<String> seen = new HashSet<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = unseen(parser.currentName(), seen, "");
            JsonToken value = parser.nextToken();
            if (name.equals("model") && value == JsonToken.START_OBJECT) {
                readModel(parser);
                root.set("model", model);
            } else {
                root.set(name, part(parser, name));
            }
        }
        end(parser);
    }

    private void end(JsonParser parser) {
        if (parser.nextToken() != null) {
            throw error("the file goes on behind its end");
        }
    }

    private void readModel(JsonParser parser) {
        Set<String> seen = new HashSet<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = unseen(parser.currentName(), seen, "model.");
            JsonToken value = parser.nextToken();
            if (name.equals("vocab") && value == JsonToken.START_OBJECT) {
                readVocabulary(parser, "model.vocab");
            } else if (name.equals("vocab") && value == JsonToken.START_ARRAY) {
                readPieces(parser);
            } else if (name.equals("merges") && value == JsonToken.START_ARRAY) {
                readMerges(parser);
            } else {
                model.set(name, part(parser, "model." + name));
            }
        }
    }

    private String unseen(String name, Set<String> seen, String path) {
        if (!seen.add(name)) {
            throw error(path + JsonPath.shortened(name) + " stands there twice");
        }
        return name;
    }

    private JsonNode part(JsonParser parser, String path) {
        long from = parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        long to = parser.currentLocation().getByteOffset();
        if (to - from > LARGEST_PART) {
            throw error(
                    "%s has %d bytes; at most %d are read"
                            .formatted(JsonPath.shortened(path), to - from, LARGEST_PART));
        }
        return JSON.readTree(bytes, (int) from, (int) (to - from));
    }

    private void readVocabulary(JsonParser parser, String table) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String token = parser.currentName();
            if (parser.nextToken() != JsonToken.VALUE_NUMBER_INT) {
                throw error(place(table, token) + " is no integer");
            }
            long id = parser.getLongValue();
            if (id < 0 || id > Integer.MAX_VALUE - 1) {
                throw error(place(table, token) + " is %d; ids are at least 0".formatted(id));
            }
            if (vocabulary.put(token, (int) id) != null) {
                throw error(place(table, token) + " stands there twice");
            }
        }
    }

    private static String place(String table, String token) {
        return table + "['" + JsonPath.shortened(token) + "']";
    }

    private void readPieces(JsonParser parser) {
        scored = true;
        while (parser.nextToken() == JsonToken.START_ARRAY) {
            String place = "model.vocab[%d]".formatted(pieces.size());
            if (parser.nextToken() != JsonToken.VALUE_STRING) {
                throw error(place + "[0] is no string");
            }
            pieces.add(parser.getString());
            JsonToken number = parser.nextToken();
            if (number != JsonToken.VALUE_NUMBER_FLOAT && number != JsonToken.VALUE_NUMBER_INT) {
                throw error(place + "[1] is no number");
            }
            double score = parser.getDoubleValue();
            if (!Double.isFinite(score)) {
                throw error(place + "[1] is no finite number");
            }
            scores.add(score);
            if (parser.nextToken() != JsonToken.END_ARRAY) {
                throw error(place + " is no token with a score");
            }
        }
        if (parser.currentToken() != JsonToken.END_ARRAY) {
            throw error("model.vocab[%d] is no token with a score".formatted(pieces.size()));
        }
    }

    private void readMerges(JsonParser parser) {
        JsonToken token = parser.nextToken();
        while (token != JsonToken.END_ARRAY) {
            String place = "model.merges[%d]".formatted(merges.size() / 2);
            if (token == JsonToken.VALUE_STRING) {
                String both = parser.getString();
                int space = both.indexOf(' ');
                if (space < 0 || both.indexOf(' ', space + 1) >= 0) {
                    throw error(place + " is not two tokens with a space between them");
                }
                merges.add(both.substring(0, space));
                merges.add(both.substring(space + 1));
            } else if (token == JsonToken.START_ARRAY) {
                for (int i = 0; i < 2; i++) {
                    if (parser.nextToken() != JsonToken.VALUE_STRING) {
                        throw error(place + "[%d] is no string".formatted(i));
                    }
                    merges.add(parser.getString());
                }
                if (parser.nextToken() != JsonToken.END_ARRAY) {
                    throw error(place + " has more than two tokens");
                }
            } else {
                throw error(place + " is no pair of tokens");
            }
            token = parser.nextToken();
        }
    }

    TokenizerFileException error(String what) {
        return new TokenizerFileException(file + ": " + what);
    }

    /** {@return the vocabulary in the order of the file, as ids from 0} */
    static Map<String, Integer> numbered(List<String> tokens) {
        Map<String, Integer> ids = LinkedHashMap.newLinkedHashMap(tokens.size());
        for (String token : tokens) {
            ids.put(token, ids.size());
        }
        return ids;
    }
}
