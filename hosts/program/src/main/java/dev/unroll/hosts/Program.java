package dev.unroll.hosts;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks predictors on a thread of one kind first, which is where Unroll looks for a backend, and
 * then on all others. Arguments are the folder of the runs, the file for the answers, and the
 * {@link Place} to begin with.
 */
public final class Program {
    private Program() {}

    /** Writes the answers of each place as JSON. */
    public static void main(String[] args) throws Exception {
        Path runs = Path.of(args[0]);
        Place first = Place.valueOf(args[2]);
        Map<Place, Answers> answers = new EnumMap<>(Place.class);
        answers.put(first, first.ask(runs));
        for (Place place : Place.values()) {
            if (place != first) {
                answers.put(place, place.ask(runs));
            }
        }
        new JsonMapper().writeValue(Path.of(args[1]).toFile(), answers);
    }
}
