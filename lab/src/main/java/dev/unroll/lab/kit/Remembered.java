package dev.unroll.lab.kit;

import dev.unroll.nn.Seed;
import dev.unroll.tensor.Tokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A task of tokens in which some places ask for a token that was read before, and nothing else is
 * asked.
 */
public interface Remembered {

    /** {@return the number of different tokens, which are numbered from 0} */
    int vocabulary();

    /** {@return the tokens of an example} */
    int length();

    /** {@return the example of a seed, always the same one} */
    Example example(Seed seed);

    /** {@return many examples, each from its own branch of a seed} */
    default List<Example> examples(int count, Seed seed) {
        return IntStream.range(0, count).mapToObj(i -> example(seed.at(i))).toList();
    }

    /**
     * A sequence with its questions.
     *
     * @param ids of the tokens
     * @param places where a token is asked for, from 0
     * @param answers the token that is right at each of these places
     * @param sources the place at which each answer was read
     */
    @SuppressWarnings("ArrayRecordComponent") // read-only by convention
    record Example(int[] ids, int[] places, int[] answers, int[] sources) {
        /** {@return how far an answer lies back from its question, in tokens} */
        public int gap(int question) {
            return places[question] - sources[question];
        }
    }

    /**
     * Some examples together.
     *
     * @param tokens of all sequences
     * @param rows of the questions among all tokens
     * @param answers to them
     */
    @SuppressWarnings("ArrayRecordComponent") // read-only by convention
    record Batch(Tokens tokens, int[] rows, int[] answers) {
        /** {@return the batch of some examples} */
        public static Batch of(List<Example> examples) {
            List<int[]> rows = new ArrayList<>();
            int first = 0;
            for (Example example : examples) {
                int offset = first;
                rows.add(Arrays.stream(example.places).map(place -> offset + place).toArray());
                first += example.ids.length;
            }
            return new Batch(
                    Tokens.of(examples.stream().map(Example::ids).toList()),
                    rows.stream().flatMapToInt(Arrays::stream).toArray(),
                    examples.stream().flatMapToInt(e -> Arrays.stream(e.answers)).toArray());
        }
    }
}
