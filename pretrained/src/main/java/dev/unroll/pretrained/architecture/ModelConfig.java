package dev.unroll.pretrained.architecture;

import dev.unroll.nn.layers.Dropout;
import dev.unroll.nn.layers.FeedForward;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The settings of a model as its {@code config.json} has them.
 *
 * @param json the whole file
 * @param from the file's name, for messages
 */
public record ModelConfig(ObjectNode json, String from) {
    private static final JsonMapper JSON = new JsonMapper();

    /** More than any network has; a larger number is a mistake. */
    private static final int MOST = 10_000_000;

    /**
     * Reads a file's content.
     *
     * @param bytes UTF-8
     * @param from the file's name, for messages
     * @throws PretrainedException if it is no JSON object
     */
    public static ModelConfig parse(byte[] bytes, String from) {
        try {
            if (JSON.readTree(bytes) instanceof ObjectNode object) {
                return new ModelConfig(object, from);
            }
        } catch (JacksonException e) {
            throw new PretrainedException(from + " is not JSON: " + e.getOriginalMessage());
        }
        throw new PretrainedException(from + " is not a JSON object");
    }

    /** {@return whether a key is there and not null} */
    public boolean has(String key) {
        return json.hasNonNull(key);
    }

    /** {@return a text} */
    public String text(String key, String otherwise) {
        JsonNode node = json.path(key);
        if (node.isMissingNode() || node.isNull()) {
            return otherwise;
        }
        if (!node.isString()) {
            throw wrong(key, node, "a text");
        }
        return node.stringValue();
    }

    /** {@return a whole number of at least 1} */
    public int count(String key) {
        return whole(key, 1, -1);
    }

    /** {@return a whole number of at least 1} */
    public int count(String key, int otherwise) {
        return whole(key, 1, otherwise);
    }

    /** {@return the number of a token} */
    public int token(String key, int otherwise) {
        return whole(key, 0, otherwise);
    }

    private int whole(String key, int least, int otherwise) {
        JsonNode node = json.path(key);
        if ((node.isMissingNode() || node.isNull()) && otherwise >= 0) {
            return otherwise;
        }
        if (!node.isIntegralNumber()
                || !node.canConvertToInt()
                || node.intValue() < least
                || node.intValue() > MOST) {
            throw wrong(key, node, "a whole number from %d to %,d".formatted(least, MOST));
        }
        return node.intValue();
    }

    /** {@return a number} */
    public float number(String key, double otherwise) {
        JsonNode node = json.path(key);
        if (node.isMissingNode() || node.isNull()) {
            return (float) otherwise;
        }
        if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
            throw wrong(key, node, "a number");
        }
        return (float) node.doubleValue();
    }

    /** {@return what a norm adds to a variance, a number of at least 0} */
    float epsilon(String key, double otherwise) {
        float epsilon = number(key, otherwise);
        if (!(epsilon >= 0)) {
            throw wrong(key, json.path(key), "a number of at least 0");
        }
        return epsilon;
    }

    /** {@return true or false} */
    public boolean flag(String key, boolean otherwise) {
        JsonNode node = json.path(key);
        if (node.isMissingNode() || node.isNull()) {
            return otherwise;
        }
        if (!node.isBoolean()) {
            throw wrong(key, node, "true or false");
        }
        return node.booleanValue();
    }

    /** {@return the share of a dropout, at a place of its own} */
    Dropout dropout(String key, double otherwise, long place) {
        float rate = number(key, otherwise);
        if (!(rate >= 0 && rate < 1)) {
            throw wrong(key, json.path(key), "a number in [0, 1)");
        }
        return new Dropout(rate, place);
    }

    /** {@return the function between the two products of the feed-forward part} */
    FeedForward.Kind activation(String key, String otherwise) {
        String name = text(key, otherwise);
        return switch (name) {
            case "relu" -> FeedForward.Kind.RELU;
            case "gelu" -> FeedForward.Kind.GELU;
            case "gelu_new", "gelu_pytorch_tanh", "gelu_fast" -> FeedForward.Kind.GELU_TANH;
            case "silu", "swish" -> FeedForward.Kind.SILU;
            default ->
                    throw wrong(
                            key,
                            json.path(key),
                            "one of relu, gelu, gelu_new, gelu_pytorch_tanh, gelu_fast, silu, swish");
        };
    }

    /** Refuses a setting that changes the network in a way that is not built here. */
    void require(String key, boolean flag) {
        if (flag(key, flag) != flag) {
            throw wrong(key, json.path(key), String.valueOf(flag));
        }
    }

    /** Refuses a setting that changes the network in a way that is not built here. */
    void require(String key, List<String> allowed) {
        String value = text(key, allowed.getFirst());
        if (!allowed.contains(value)) {
            throw wrong(key, json.path(key), "one of " + String.join(", ", allowed));
        }
    }

    /** Refuses a width that the heads cannot share. */
    void requireShared(String widthKey, int width, String headsKey, int heads) {
        if (width % heads != 0) {
            throw new PretrainedException(
                    "%s: %s is %d, which is no multiple of %s, %d"
                            .formatted(from, widthKey, width, headsKey, heads));
        }
    }

    private PretrainedException wrong(String key, JsonNode node, String allowed) {
        String given = node.isMissingNode() ? "missing" : node.toString();
        String shown = given.length() > 60 ? given.substring(0, 60) + "…" : given;
        return new PretrainedException(
                "%s: %s is %s, and allowed is %s".formatted(from, key, shown, allowed));
    }
}
