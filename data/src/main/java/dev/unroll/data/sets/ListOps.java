package dev.unroll.data.sets;

import dev.unroll.data.LabelledText;
import dev.unroll.data.Splits;
import dev.unroll.data.fetch.About;
import dev.unroll.data.fetch.DataFiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * ListOps (Nangia and Bowman 2018; long forms: Tay et al. 2021, "Long Range Arena", section 2.2.1):
 * nested lists of digits with an operator in front, such as {@code [MAX 4 3 [MIN 2 3 ] 1 0 ]}, and
 * their value, a digit, as the class. The expressions are made on the spot.
 *
 * <p>Of one expression a bracket, an operator and a digit is a token each. An expression has from
 * three quarters of the requested number of tokens to all of them, every number equally often. It
 * grows from a single list: a digit, chosen at random among those that lie at most nine lists deep,
 * is replaced by a list of 2 to 10 digits, until the length is reached. No expression occurs twice,
 * so training, validation and test set share none. The test set depends on the seed, the number of
 * its examples and the length only.
 */
public record ListOps() implements LabelledTextSet {

    private static final int FEWEST = 2;
    private static final int MOST = 10;
    private static final int DEPTH = 10;

    /** Tokens of a list besides its parts: two brackets and the operator. */
    private static final int AROUND = 3;

    /** The length of the shortest list. */
    private static final int SHORTEST = AROUND + FEWEST;

    private static final List<Operator> OPERATORS = List.of(Operator.values());

    /** After so many expressions in a row that were there already, there are too few of them. */
    private static final int PATIENCE = 1_000;

    private enum Operator {
        MAX {
            @Override
            int of(int[] sorted) {
                return sorted[sorted.length - 1];
            }
        },
        MIN {
            @Override
            int of(int[] sorted) {
                return sorted[0];
            }
        },
        /** The median; of an even number of digits the mean of the middle two, rounded down. */
        MED {
            @Override
            int of(int[] sorted) {
                int n = sorted.length;
                return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
            }
        },
        /** The sum modulo 10. */
        SM {
            @Override
            int of(int[] sorted) {
                return Arrays.stream(sorted).sum() % 10;
            }
        };

        /** The value of a list. */
        abstract int of(int[] sorted);
    }

    /** A digit, until it is replaced by a list. */
    private static final class Part {
        private final int depth;
        private final int digit;
        private final Operator operator;
        private List<Part> parts = List.of();

        Part(int depth, Random random) {
            this.depth = depth;
            digit = random.nextInt(10);
            operator = OPERATORS.get(random.nextInt(OPERATORS.size()));
        }

        void becomeListOf(int count, Random random) {
            parts = IntStream.range(0, count).mapToObj(_ -> new Part(depth + 1, random)).toList();
        }

        int value() {
            return parts.isEmpty()
                    ? digit
                    : operator.of(parts.stream().mapToInt(Part::value).sorted().toArray());
        }

        String text() {
            return parts.isEmpty()
                    ? Integer.toString(digit)
                    : parts.stream()
                            .map(Part::text)
                            .collect(Collectors.joining(" ", "[" + operator + " ", " ]"));
        }
    }

    @Override
    public About about() {
        return About.of(
                "listops",
                "nested lists of digits under MAX, MIN, MED and SM, and their value; made, not"
                        + " fetched",
                "https://github.com/google-research/long-range-arena",
                "none is needed: nothing of the published sets is used",
                "Nangia, Bowman: ListOps: A Diagnostic Dataset for Latent Tree Learning. NAACL"
                        + " Student Research Workshop 2018");
    }

    @Override
    public List<String> labels() {
        return IntStream.range(0, 10).mapToObj(Integer::toString).toList();
    }

    @Override
    public Splits<LabelledText> load(DataFiles files) {
        return load(files, new Request(20_000, 2_000, 500, 1));
    }

    @Override
    public Splits<LabelledText> load(DataFiles files, Request request) {
        if (request.maxTokens() < SHORTEST) {
            throw new IllegalArgumentException(
                    "listops: a list of two digits, as in [MAX 4 3 ], has %d tokens, so at least %d are needed, not %d"
                            .formatted(SHORTEST, SHORTEST, request.maxTokens()));
        }
        Map<String, LabelledText> made = new LinkedHashMap<>();
        int wanted = request.heldOut() + request.examples();
        Random random = new Random(request.seed());
        for (int again = 0; made.size() < wanted; ) {
            Part list = list(request.maxTokens(), random);
            String text = list.text();
            LabelledText example = new LabelledText(Integer.toString(list.value()), text);
            again = made.putIfAbsent(text, example) == null ? 0 : again + 1;
            if (again == PATIENCE) {
                throw new IllegalArgumentException(
                        "listops: %,d examples for training and %,d for the test were asked for, but there are hardly more than %,d different lists of up to %d tokens; ask for fewer examples or for more tokens"
                                .formatted(
                                        request.examples(),
                                        request.heldOut(),
                                        made.size(),
                                        request.maxTokens()));
            }
        }
        List<LabelledText> all = List.copyOf(made.values());
        return new Splits<>(
                all.subList(request.heldOut(), wanted),
                List.of(),
                all.subList(0, request.heldOut()));
    }

    /** A list of so many tokens at most. */
    private static Part list(int most, Random random) {
        int least = Math.max(SHORTEST, most - most / 4);
        int length = least + random.nextInt(most - least + 1);
        Part root = new Part(0, random);
        List<Part> digits = new ArrayList<>(List.of(root));
        int room = length - 1; // beside the digit
        while (room >= SHORTEST - 1 && !digits.isEmpty()) {
            int at = random.nextInt(digits.size());
            Part chosen = digits.set(at, digits.getLast());
            digits.removeLast();
            int longest = Math.min(MOST, room - AROUND + 1);
            chosen.becomeListOf(FEWEST + random.nextInt(longest - FEWEST + 1), random);
            room -= chosen.parts.size() + AROUND - 1;
            if (chosen.depth + 1 < DEPTH) {
                digits.addAll(chosen.parts);
            }
        }
        return root;
    }
}
