package dev.unroll.text.pipeline;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Regular expressions of Oniguruma in its Ruby syntax as those of the JDK. What both write alike is
 * taken over, what they write differently is rewritten, and what is not known is refused.
 */
final class Oniguruma {

    private static final int LONGEST = 10_000;

    /** Names of properties that the JDK calls otherwise: scripts stand behind Is. */
    private static final Set<String> GENERAL =
            Set.of(
                    "l", "lu", "ll", "lt", "lm", "lo", "m", "mn", "mc", "me", "n", "nd", "nl", "no",
                    "p", "pc", "pd", "ps", "pe", "pi", "pf", "po", "s", "sm", "sc", "sk", "so", "z",
                    "zs", "zl", "zp", "c", "cc", "cf", "co", "cs", "cn");

    private static final String WORD =
            "\\p{IsAlphabetic}\\p{M}\\p{Nd}\\p{Pc}\u00B2\u00B3\u00B9\u00BC-\u00BE";
    private static final String BOUNDARY =
            "(?:(?<=[%s])(?![%s])|(?<![%s])(?=[%s]))".formatted(WORD, WORD, WORD, WORD);
    private static final String NO_BOUNDARY =
            "(?:(?<=[%s])(?=[%s])|(?<![%s])(?![%s]))".formatted(WORD, WORD, WORD, WORD);

    /** Letters that stand for one character, too, if upper and lower case are the same. */
    private static final Pattern FOLDED =
            Pattern.compile("ss|st|ff|fi|fl", Pattern.CASE_INSENSITIVE);

    private final String source;
    private final StringBuilder target = new StringBuilder();
    private int at;
    private int classes;

    private Oniguruma(String source) {
        this.source = source;
    }

    static Pattern pattern(String expression) {
        if (expression.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "the regular expression has %d characters; at most %d are read"
                            .formatted(expression.length(), LONGEST));
        }
        try {
            return Pattern.compile(
                    new Oniguruma(expression).translated(),
                    Pattern.UNICODE_CHARACTER_CLASS | Pattern.MULTILINE | Pattern.UNIX_LINES);
        } catch (PatternSyntaxException | StackOverflowError e) {
            throw new IllegalArgumentException(
                    "'%s' is no regular expression: %s"
                            .formatted(shortened(expression), e.getMessage()),
                    e);
        }
    }

    private static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }

    private String translated() {
        while (at < source.length()) {
            char unit = source.charAt(at);
            switch (unit) {
                case '\\' -> escape();
                case '[' -> {
                    if (source.startsWith("[:", at) && classes > 0) {
                        throw unknown("a POSIX bracket");
                    }
                    classes++;
                    target.append(unit);
                    at++;
                    if (at < source.length() && source.charAt(at) == '^') {
                        target.append('^');
                        at++;
                    }
                    if (at < source.length() && source.charAt(at) == ']') {
                        target.append("\\]");
                        at++;
                    }
                }
                case ']' -> {
                    target.append(classes > 0 ? "]" : "\\]");
                    classes = Math.max(0, classes - 1);
                    at++;
                }
                case '(' -> group();
                case '{' -> interval();
                case '#', ' ' -> {
                    target.append('\\').append(unit);
                    at++;
                }
                default -> {
                    target.append(unit);
                    at++;
                }
            }
        }
        return target.toString();
    }

    /** In Ruby's syntax a + behind {n,m} repeats it; the JDK takes it for possessive. */
    private void interval() {
        int end = source.indexOf('}', at);
        boolean counts =
                classes == 0
                        && end > 0
                        && source.substring(at, end + 1).matches("\\{\\d*,?\\d*\\}")
                        && !source.substring(at, end + 1).matches("\\{,?\\}");
        if (!counts) {
            target.append(classes > 0 ? "{" : "\\{");
            at++;
            return;
        }
        String body = source.substring(at + 1, end);
        if (body.startsWith(",")) {
            body = "0" + body;
        }
        at = end + 1;
        if (at < source.length() && source.charAt(at) == '+') {
            throw unknown("a + behind an interval");
        }
        target.append('{').append(body).append('}');
    }

    private void group() {
        if (classes > 0) {
            target.append("(");
            at++;
            return;
        }
        for (String known : new String[] {"(?:", "(?=", "(?!", "(?<=", "(?<!", "(?>"}) {
            if (source.startsWith(known, at)) {
                target.append(known);
                at += known.length();
                return;
            }
        }
        if (source.startsWith("(?", at)) {
            if (source.startsWith("(?i", at) && FOLDED.matcher(source).find(at)) {
                throw unknown(
                        "a group for upper and lower case with ss, st, ff, fi or fl, which would"
                                + " stand for ß or a ligature, too");
            }
            if (source.startsWith("(?i:", at)) {
                target.append("(?i:");
                at += 4;
                return;
            }
            if (source.startsWith("(?i)", at)) {
                target.append("(?i)");
                at += 4;
                return;
            }
            throw unknown(
                    "a group that begins with "
                            + source.substring(at, Math.min(source.length(), at + 4)));
        }
        target.append('(');
        at++;
    }

    private void escape() {
        if (at + 1 == source.length()) {
            throw unknown("a backslash at the end");
        }
        char unit = source.charAt(at + 1);
        switch (unit) {
            case 'p', 'P' -> property();
            case 'h' -> {
                target.append(classes > 0 ? "0-9a-fA-F" : "[0-9a-fA-F]");
                at += 2;
            }
            case 'w', 'W' -> {
                target.append(classes == 0 ? "[" : unit == 'w' ? "" : "[")
                        .append(unit == 'W' ? "^" : "")
                        .append(WORD)
                        .append(classes == 0 || unit == 'W' ? "]" : "");
                at += 2;
            }
            case 'b', 'B' -> {
                if (classes > 0) {
                    throw unknown("\\" + unit + " among characters");
                }
                target.append(unit == 'b' ? BOUNDARY : NO_BOUNDARY);
                at += 2;
            }
            case 's', 'S', 'd', 'D', 'A', 'z', 'G', 'R', 'X', 'n', 'r', 't', 'f', 'a', 'e' -> {
                target.append('\\').append(unit);
                at += 2;
            }
            case 'v' -> {
                target.append("\\x0B");
                at += 2;
            }
            case 'Z' -> {
                target.append("(?=\\n?\\z)");
                at += 2;
            }
            case 'x', 'u' -> code(unit);
            default -> {
                if (Character.isLetterOrDigit(unit)) {
                    throw unknown("\\" + unit);
                }
                target.append('\\').append(unit);
                at += 2;
            }
        }
    }

    private void code(char kind) {
        int from = at + 2;
        int to = from;
        if (from < source.length() && source.charAt(from) == '{') {
            to = source.indexOf('}', from);
            if (kind == 'u' || to < 0) {
                throw unknown("\\" + kind);
            }
            target.append("\\x").append(source, from, to + 1);
            at = to + 1;
            return;
        }
        int most = kind == 'u' ? 4 : 2;
        while (to < source.length()
                && to - from < most
                && Character.digit(source.charAt(to), 16) >= 0) {
            to++;
        }
        if (to == from || (kind == 'u' && to - from < 4)) {
            throw unknown("\\" + kind);
        }
        target.append("\\x{").append(source, from, to).append('}');
        at = to;
    }

    private void property() {
        int end = source.indexOf('}', at);
        if (at + 2 >= source.length() || source.charAt(at + 2) != '{' || end < 0) {
            throw unknown("\\p without {");
        }
        String name = source.substring(at + 3, end);
        boolean not = (source.charAt(at + 1) == 'P') != name.startsWith("^");
        if (name.startsWith("^")) {
            name = name.substring(1);
        }
        String plain = name.toLowerCase(Locale.ROOT).replace("_", "").replace(" ", "");
        target.append(not ? "\\P{" : "\\p{");
        target.append(GENERAL.contains(plain) ? canonical(plain) : named(name, plain)).append('}');
        at = end + 1;
    }

    private static String canonical(String category) {
        return category.substring(0, 1).toUpperCase(Locale.ROOT) + category.substring(1);
    }

    private String named(String name, String plain) {
        return switch (plain) {
            case "letter" -> "L";
            case "number" -> "N";
            case "punctuation" -> "P";
            case "mark" -> "M";
            case "symbol" -> "S";
            case "separator" -> "Z";
            case "alpha", "alphabetic" -> "IsAlphabetic";
            case "upper", "uppercase" -> "IsUppercase";
            case "lower", "lowercase" -> "IsLowercase";
            case "space", "whitespace" -> "IsWhite_Space";
            case "digit" -> "Nd";
            default -> {
                try {
                    Character.UnicodeScript.forName(name);
                    yield "Is" + name;
                } catch (IllegalArgumentException e) {
                    throw unknown("the property " + shortened(name));
                }
            }
        };
    }

    private IllegalArgumentException unknown(String what) {
        return new IllegalArgumentException(
                "the regular expression '%s' has at place %d %s, which is not known here"
                        .formatted(shortened(source), at, what));
    }
}
