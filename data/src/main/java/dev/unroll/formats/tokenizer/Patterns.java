package dev.unroll.formats.tokenizer;

import dev.unroll.text.pipeline.TextPattern;

/** Reads what a step looks for. */
final class Patterns {

    private Patterns() {}

    static TextPattern read(JsonPath place) {
        place.allowOnly("String", "Regex");
        JsonPath literal = place.at("String");
        JsonPath expression = place.at("Regex");
        if (literal.isAbsent() == expression.isAbsent()) {
            throw place.error("needs either a String or a Regex");
        }
        JsonPath one = literal.isAbsent() ? expression : literal;
        try {
            return literal.isAbsent()
                    ? new TextPattern.Regex(one.string())
                    : new TextPattern.Literal(one.string());
        } catch (TokenizerFileException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw one.error("cannot be used: " + e.getMessage());
        }
    }
}
