package dev.unroll.tasks.metrics;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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

    /**
     * The rules for Chinese: each Chinese character and mark stands alone, and what is between is
     * cut by the rules of 13a. Spaces between Chinese characters count for nothing.
     */
    CHINESE("zh"),

    /** Each character that is no white space stands alone, in any language. */
    CHARACTERS("char"),

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

    /** First and last characters of ranges, in pairs. */
    private static final String CHINESE_RANGES =
            "\u3400\u4db5\u4e00\u9fbb" // ideographs
                    + "\uf900\ufa2d\ufa30\ufa6a\ufa70\ufad9" // compatibility ideographs
                    + "\u2001\u2a6d\u2f81\u2fa1"
                    + "\uff00\uffef\u3000\u303f\ufe10\ufe1f\ufe30\ufe4f" // wide forms and marks
                    + "\u2e80\u2eff\u31c0\u31ef\u2f00\u2fdf\u2ff0\u2fff" // radicals and strokes
                    + "\u3100\u312f\u31a0\u31bf" // phonetic signs
                    + "\u2600\u26ff\u2700\u27bf\u3200\u32ff\u3300\u33ff"; // symbols

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
                    case CHINESE -> apply(WESTERN, chineseApart(sentence));
                    case CHARACTERS ->
                            sentence.codePoints()
                                    .mapToObj(Character::toString)
                                    .collect(Collectors.joining(" "));
                    case NONE -> sentence;
                });
    }

    /**
     * Puts spaces round the characters that sacreBLEU takes for Chinese. Two of its ranges compare
     * a character with a text of two, so that U+2001 to U+2A6D and U+2F81 to U+2FA1 are among them,
     * as quotation marks are, and the ideographs of planes above the first are not.
     */
    private static String chineseApart(String sentence) {
        StringBuilder apart = new StringBuilder(2 * sentence.length());
        for (int i = 0; i < sentence.length(); i++) {
            char c = sentence.charAt(i);
            if (isChinese(c)) {
                apart.append(' ').append(c).append(' ');
            } else {
                apart.append(c);
            }
        }
        return apart.toString();
    }

    private static boolean isChinese(char c) {
        for (int i = 0; i < CHINESE_RANGES.length(); i += 2) {
            if (c >= CHINESE_RANGES.charAt(i) && c <= CHINESE_RANGES.charAt(i + 1)) {
                return true;
            }
        }
        return false;
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
