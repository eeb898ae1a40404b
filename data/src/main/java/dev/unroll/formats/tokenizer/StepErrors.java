package dev.unroll.formats.tokenizer;

/** Refusals of steps that are not known. */
final class StepErrors {

    private StepErrors() {}

    /** A number from 0. */
    static int id(JsonPath place) {
        int id = place.integer();
        if (id < 0) {
            throw place.error("is %d; it must be at least 0".formatted(id));
        }
        return id;
    }

    static TokenizerFileException unknown(JsonPath place, String type, String known) {
        return place.at("type")
                .error("is %s; known are %s".formatted(JsonPath.shortened(type), known));
    }
}
