package dev.unroll.text.pipeline;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a step looks for in a text: a string, or a regular expression. An expression means what it
 * means to Oniguruma in its Ruby syntax, which Hugging Face's library uses: letters, digits, spaces
 * and words are Unicode's, and {@code ^} and {@code $} stand at each line.
 */
public sealed interface TextPattern {

    /** Takes what is found. */
    @FunctionalInterface
    interface Found {

        /**
         * Takes a part of the text.
         *
         * @param from its first UTF-16 unit
         * @param to behind its last
         */
        void at(int from, int to);
    }

    /**
     * Finds parts of a text from left to right, none overlapping another.
     *
     * @param text to be looked through
     * @param found takes them in order
     * @throws IllegalArgumentException if a regular expression takes too many steps
     */
    void find(CharSequence text, Found found);

    /**
     * A string, as it is written.
     *
     * @param text of at least one character
     */
    record Literal(String text) implements TextPattern {

        /** Checks the length. */
        public Literal {
            if (text.isEmpty()) {
                throw new IllegalArgumentException("the pattern is empty");
            }
        }

        @Override
        public void find(CharSequence whole, Found found) {
            char first = text.charAt(0);
            int last = whole.length() - text.length();
            for (int i = 0; i <= last; i++) {
                if (whole.charAt(i) == first && isAt(whole, i)) {
                    found.at(i, i + text.length());
                    i += text.length() - 1;
                }
            }
        }

        private boolean isAt(CharSequence whole, int at) {
            for (int i = 1; i < text.length(); i++) {
                if (whole.charAt(at + i) != text.charAt(i)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** A regular expression. */
    final class Regex implements TextPattern {

        private final String expression;
        private final Pattern pattern;

        /**
         * A regular expression.
         *
         * @param expression in Oniguruma's Ruby syntax
         * @throws IllegalArgumentException if it is none, or has something that is not known here
         */
        public Regex(String expression) {
            this.expression = expression;
            this.pattern = Oniguruma.pattern(expression);
        }

        @Override
        public void find(CharSequence text, Found found) {
            CountedText counted = new CountedText(text);
            Matcher matcher = pattern.matcher(counted);
            try {
                while (matcher.find()) {
                    found.at(matcher.start(), matcher.end());
                }
            } catch (StackOverflowError e) {
                throw new IllegalArgumentException(
                        "the expression %s goes too deep on a text of %d characters"
                                .formatted(expression, text.length()),
                        e);
            }
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Regex that && expression.equals(that.expression);
        }

        @Override
        public int hashCode() {
            return Objects.hashCode(expression);
        }

        @Override
        public String toString() {
            return "Regex[" + expression + "]";
        }
    }
}
