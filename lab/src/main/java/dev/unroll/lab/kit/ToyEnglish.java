package dev.unroll.lab.kit;

import dev.unroll.nn.Seed;
import dev.unroll.tensor.Sequences;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Text of a small grammar, whose best possible loss is known because its choices are.
 *
 * <pre>
 *   sentence = "the" noun ["near the" noun] verb [plural noun] "."
 * </pre>
 *
 * <p>The verb agrees with the first noun, which may stand four words before it.
 *
 * @param texts token numbers [batch][length]; each text starts with a full stop and is cut anywhere
 * @param best the mean of −ln p over all tokens but the first of each text, in nats
 */
public record ToyEnglish(int[][] texts, double best) {
    /** The words in the order of the alphabet: a word's number says nothing about its use. */
    public static final List<String> WORDS =
            List.of(
                    ". bird birds cat cats dog dogs like likes near run runs see sees sing sings the"
                            .split(" "));

    private static final Pattern SENTENCE =
            Pattern.compile(pattern("", "s") + "|" + pattern("s", ""));

    private static String pattern(String noun, String verb) {
        String one = "(bird|cat|dog)";
        return "the %s%s( near the %ss?)? ((run|sing)%s|(like|see)%s %ss)"
                .formatted(one, noun, one, verb, verb, one);
    }

    /** A batch of texts made from a seed. */
    public static ToyEnglish of(int batch, int length, Seed seed) {
        int[][] texts = new int[batch][];
        double nats = 0;
        for (int s = 0; s < batch; s++) {
            Writer writer = new Writer(new Random(seed.at(s).key()));
            while (writer.words.size() < length) {
                writer.sentence();
            }
            texts[s] = writer.words.stream().limit(length).mapToInt(WORDS::indexOf).toArray();
            nats += writer.nats.stream().limit(length).mapToDouble(x -> x).sum();
        }
        return new ToyEnglish(texts, nats / (batch * (length - 1)));
    }

    /** {@return all tokens but the last of each text, as rows with a single 1} */
    public Sequences before() {
        return OneHot.of(
                WORDS.size(),
                Arrays.stream(texts)
                        .map(text -> Arrays.copyOf(text, text.length - 1))
                        .toArray(int[][]::new));
    }

    /** {@return the tokens that follow those, [batch·(length − 1)]} */
    public int[] after() {
        return Arrays.stream(texts)
                .flatMapToInt(text -> Arrays.stream(text, 1, text.length))
                .toArray();
    }

    /** {@return the words of token numbers} */
    public static String words(int[] text) {
        return Arrays.stream(text).mapToObj(WORDS::get).collect(Collectors.joining(" "));
    }

    /** {@return the share of whole sentences that the grammar allows, %} */
    public static double grammatical(int[][] texts) {
        int all = 0;
        int right = 0;
        for (int[] text : texts) {
            int start = 1;
            for (int end = 1; end < text.length; end++) {
                if (text[end] == 0) {
                    all++;
                    String sentence = words(Arrays.copyOfRange(text, start, end));
                    right += SENTENCE.matcher(sentence).matches() ? 1 : 0;
                    start = end + 1;
                }
            }
        }
        return 100.0 * right / all;
    }

    /** Writes sentences, and adds up how improbable each word was. */
    private static final class Writer {
        private final Random random;
        private final List<String> words = new ArrayList<>(List.of("."));
        private final List<Double> nats = new ArrayList<>(List.of(0.0));

        /** −ln p of the choices that the next word shows. */
        private double owed;

        Writer(Random random) {
            this.random = random;
        }

        void sentence() {
            boolean many = subject();
            if (chance(0.3)) {
                say("near");
                subject();
            }
            boolean object = chance(0.5);
            String verb = object ? pick("see", "like") : pick("sing", "run");
            say(many ? verb : verb + "s");
            if (object) {
                say(noun() + "s");
            }
            say(".");
        }

        private boolean subject() {
            say("the");
            String noun = noun();
            boolean many = chance(0.4);
            say(many ? noun + "s" : noun);
            return many;
        }

        private String noun() {
            return chance(0.5) ? "cat" : pick("dog", "bird");
        }

        private String pick(String often, String seldom) {
            return chance(0.7) ? often : seldom;
        }

        private boolean chance(double p) {
            boolean yes = random.nextDouble() < p;
            owed -= Math.log(yes ? p : 1 - p);
            return yes;
        }

        private void say(String word) {
            words.add(word);
            nats.add(owed);
            owed = 0;
        }
    }
}
