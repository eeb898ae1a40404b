package dev.unroll.tasks.metrics;

import java.util.List;
import java.util.regex.Pattern;

/** A way of cutting a sentence into the words that BLEU counts. */
public enum BleuTokenization {
    /**
     * The rules of the NIST script mteval-v13a.pl for Western languages: ASCII punctuation stands
     * alone, but a full stop or comma stays inside a number. The usual choice.
     */
    MTEVAL_13A("13a"),

    /**
     * The rules of mteval-v14.pl for any language: Unicode's punctuation and symbols stand alone,
     * but punctuation stays between two digits.
     */
    INTERNATIONAL("intl"),

    /** White space only: for text whose words are already apart. */
    NONE("none");

    private record Rule(Pattern pattern, String replacement) {
        static Rule of(String regex, String replacement) {
            return new Rule(Pattern.compile(regex), replacement);
        }
    }

    private static final List<Rule> WESTERN =
            List.of(
                    Rule.of("([\\{-~\\[-` -&\\(-\\+:-@/])", " $1 "), // punctuation
                    Rule.of("([^0-9])([\\.,])", "$1 $2 "), // . and , unless after a digit
                    Rule.of("([\\.,])([^0-9])", " $1 $2"), // . and , unless before a digit
                    Rule.of("([0-9])(-)", "$1 $2 ")); // a dash after a digit

    private static final List<Rule> UNICODE =
            List.of(
                    Rule.of("(\\P{N})(\\p{P})", "$1 $2 "), // punctuation unless after a digit
                    Rule.of("(\\p{P})(\\P{N})", " $1 $2"), // punctuation unless before a digit
                    Rule.of("(\\p{S})", " $1 ")); // symbols

    private final String signature;

    BleuTokenization(String signature) {
        this.signature = signature;
    }

    /** {@return the name in sacreBLEU's signatures} */
    public String signature() {
        return signature;
    }

    /**
     * {@return the words of a sentence}
     *
     * @param sentence as it is written
     */
    public List<String> words(String sentence) {
        return WhiteSpace.words(
                switch (this) {
                    case MTEVAL_13A -> apply(WESTERN, " " + plain(sentence) + " ");
                    case INTERNATIONAL -> apply(UNICODE, sentence);
                    case NONE -> sentence;
                });
    }

    /** Takes back what SGML files do to a text: broken lines and written-out characters. */
    private static String plain(String sentence) {
        return sentence.replace("<skipped>", "")
                .replace("-\n", "")
                .replace("\n", " ")
                .replace("&quot;", "\"")
                .replace("&amp;", "&")
                .replace("&lt;", "<")
                .replace("&gt;", ">");
    }

    private static String apply(List<Rule> rules, String sentence) {
        String result = sentence;
        for (Rule rule : rules) {
            result = rule.pattern.matcher(result).replaceAll(rule.replacement);
        }
        return result;
    }
}
