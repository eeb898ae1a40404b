package dev.unroll.lab.site;

import dev.unroll.lab.Experiment;
import dev.unroll.lab.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of an experiment: a Markdown file with a title and the sections Claim or Question,
 * Formula, Look for, Answer and Exercises.
 *
 * @param title the heading of level 1
 * @param sections text by heading of level 2
 */
public record Story(String title, Map<String, String> sections) {
    private static final Pattern NUMBER = Pattern.compile("\\{\\{([a-z0-9.-]+)}}");

    /**
     * {@return the text of an experiment}
     *
     * @throws IllegalArgumentException if it has none, or a section is missing
     */
    public static Story of(Experiment experiment) {
        String file = experiment.name() + ".md";
        try (InputStream in = Story.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalArgumentException("the experiment has no text " + file);
            }
            return parse(file, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Story parse(String file, String text) {
        String title = "";
        Map<String, String> sections = new LinkedHashMap<>();
        String section = "";
        StringBuilder body = new StringBuilder();
        for (String line : text.lines().toList()) {
            if (line.startsWith("# ")) {
                title = line.substring(2).strip();
            } else if (line.startsWith("## ")) {
                sections.put(section, body.toString().strip());
                section = line.substring(3).strip();
                body.setLength(0);
            } else {
                body.append(line).append('\n');
            }
        }
        sections.put(section, body.toString().strip());
        sections.remove("");
        for (String needed : new String[] {"Formula", "Look for", "Answer", "Exercises"}) {
            if (!sections.containsKey(needed)) {
                throw new IllegalArgumentException(file + " has no section '" + needed + "'");
            }
        }
        if (title.isEmpty() || sections.containsKey("Claim") == sections.containsKey("Question")) {
            throw new IllegalArgumentException(file + " has a title, and a claim or a question");
        }
        return new Story(title, sections);
    }

    /** {@return the claim or the question} */
    public String asked() {
        String claim = sections.get("Claim");
        return claim != null ? claim : sections.getOrDefault("Question", "");
    }

    /**
     * {@return a section with the numbers of a finding in place of their names}
     *
     * @throws IllegalArgumentException if it names a number that the finding lacks
     */
    public String filled(String section, Finding finding) {
        Matcher matcher = NUMBER.matcher(sections.getOrDefault(section, ""));
        return matcher.replaceAll(
                match -> {
                    String number = finding.numbers().get(match.group(1));
                    if (number == null) {
                        throw new IllegalArgumentException(
                                "'%s' names the number '%s'; there are: %s"
                                        .formatted(
                                                title, match.group(1), finding.numbers().keySet()));
                    }
                    return Matcher.quoteReplacement(number);
                });
    }
}
