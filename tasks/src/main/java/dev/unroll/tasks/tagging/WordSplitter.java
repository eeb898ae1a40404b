package dev.unroll.tasks.tagging;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the words of running English text, nearly as the English treebanks of Universal
 * Dependencies do:
 *
 * <ul>
 *   <li>A line's end ends a sentence; within a line a full stop does, but not that of {@code Mr.
 *       Smith}, {@code J. Smith} or {@code 5 p.m. today}.
 *   <li>White space separates words.
 *   <li>Punctuation at the beginning or the end of a word is a word of its own; a run of the same
 *       mark ({@code ...}, {@code !!}) is one. The dot of {@code Mr.}, {@code J.} and {@code U.S.}
 *       stays.
 *   <li>{@code n't}, {@code 's}, {@code 'm}, {@code 'd}, {@code 're}, {@code 've} and {@code 'll}
 *       are words of their own, and {@code cannot} is two.
 *   <li>Hyphens and slashes between letters or digits separate words and are words.
 *   <li>Web and mail addresses, numbers and times stay whole.
 * </ul>
 */
public final class WordSplitter {
    /**
     * An address or number is shorter; what is longer is split without asking whether it is one.
     */
    private static final int LONGEST_WHOLE = 1_000;

    /** Letters and mark of the longest clitic: {@code n't}. */
    private static final int LONGEST_CLITIC = 3;

    private static final Pattern LINE_END = Pattern.compile("\r?\n");
    private static final Pattern SPACE = Pattern.compile("[\\s\\u00a0]+");
    private static final Pattern ADDRESS =
            Pattern.compile("(?i)(https?://|www\\.)\\S*[\\w/]|[\\w.+-]+@[\\w-]++(\\.[\\w-]++)++");
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d++([.,:/-]\\d++)*+%?");
    private static final Pattern MARK =
            Pattern.compile("[^\\p{L}\\p{N}\\p{M}]", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern CLITIC = Pattern.compile("(?i)(n['’]t|['’](?:s|m|d|re|ve|ll))$");
    private static final Pattern JOINT =
            Pattern.compile("(?<=[\\p{L}\\p{N}])[-/](?=[\\p{L}\\p{N}])");

    private WordSplitter() {}

    /** The words of each sentence; sentences without words are left out. */
    public static List<List<String>> sentences(String text) {
        List<List<String>> sentences = new ArrayList<>();
        for (String line : LINE_END.split(text, -1)) {
            for (String sentence : SentenceSplitter.sentences(line)) {
                List<String> words = words(sentence);
                if (!words.isEmpty()) {
                    sentences.add(words);
                }
            }
        }
        return sentences;
    }

    /** The words of one sentence. */
    public static List<String> words(String sentence) {
        List<String> words = new ArrayList<>();
        for (String part : SPACE.split(sentence, -1)) {
            if (!part.isEmpty()) {
                split(part, words);
            }
        }
        return words;
    }

    private static void split(String part, List<String> words) {
        int from = 0;
        int to = part.length();
        List<String> behind = new ArrayList<>();
        while (from < to && isMark(part.charAt(to - 1)) && !whole(part, from, to)) {
            int end = to;
            char mark = part.charAt(to - 1);
            while (to > from && part.charAt(to - 1) == mark) {
                to--;
            }
            behind.add(part.substring(to, end));
        }
        while (from < to && isMark(part.charAt(from)) && !whole(part, from, to)) {
            if (isClitic(part, from, to)) {
                break;
            }
            int begin = from;
            char mark = part.charAt(from);
            while (from < to && part.charAt(from) == mark) {
                from++;
            }
            words.add(part.substring(begin, from));
        }
        if (whole(part, from, to)) {
            words.add(part.substring(from, to));
        } else if (from < to) {
            joints(part.substring(from, to), words);
        }
        words.addAll(behind.reversed());
    }

    /** Hyphens and slashes between, as words. */
    private static void joints(String core, List<String> words) {
        Matcher joint = JOINT.matcher(core);
        int from = 0;
        while (joint.find()) {
            clitics(core.substring(from, joint.start()), words);
            words.add(joint.group());
            from = joint.end();
        }
        clitics(core.substring(from), words);
    }

    private static void clitics(String word, List<String> words) {
        List<String> behind = new ArrayList<>();
        int to = word.length();
        Matcher clitic = CLITIC.matcher(word);
        while (clitic.region(Math.max(1, to - LONGEST_CLITIC), Math.max(1, to)).find()) {
            behind.add(clitic.group());
            to = clitic.start();
        }
        String stem = word.substring(0, to);
        if (stem.equalsIgnoreCase("cannot")) {
            words.add(stem.substring(0, 3));
            words.add(stem.substring(3));
        } else {
            words.add(stem);
        }
        words.addAll(behind.reversed());
    }

    private static boolean whole(String part, int from, int to) {
        if (to - from > LONGEST_WHOLE) {
            return false;
        }
        String word = part.substring(from, to);
        return ADDRESS.matcher(word).matches()
                || NUMBER.matcher(word).matches()
                || Abbreviations.known(word);
    }

    private static boolean isClitic(String part, int from, int to) {
        return to - from <= LONGEST_CLITIC
                && part.substring(from, to).matches("(?i)['’](s|m|d|re|ve|ll)");
    }

    private static boolean isMark(char c) {
        return !Character.isSurrogate(c) && MARK.matcher(String.valueOf(c)).matches();
    }
}
