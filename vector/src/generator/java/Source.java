import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The text of one generated class, line by line. */
final class Source {
    private static final Pattern MARK = Pattern.compile("\\{([^}]*)}");

    private final StringBuilder text = new StringBuilder();
    private final String file;

    /**
     * Begins a class of loops, which has static methods only.
     *
     * @param inPackage below {@code dev.unroll.vector}
     * @param imports what follows the word import
     */
    Source(String inPackage, String name, String javadoc, String... imports) {
        file = inPackage + "/" + name + ".java";
        line("package dev.unroll.vector." + inPackage + ";");
        for (String imported : imports) {
            line("import " + imported + ";");
        }
        line("/** " + javadoc + " */");
        line("final class " + name + " {");
        line("private " + name + "() {}");
    }

    void line(String text, Object... parts) {
        this.text.append(parts.length == 0 ? text : text.formatted(parts)).append('\n');
    }

    /** Rows 0, 1, ... of so many, each as {@link #row} writes it. */
    void each(int count, String... templates) {
        for (int i = 0; i < count; i++) {
            row(i, templates);
        }
    }

    /**
     * Lines of row i: in them <code>{}</code> becomes i, in hexadecimal; <code>{+}</code> what is
     * added to a place for i, <code>{+step}</code> for i steps; and <code>{text}</code> stands in
     * row 0 alone.
     */
    void row(int i, String... templates) {
        for (String template : templates) {
            line(
                    MARK.matcher(template)
                            .replaceAll(
                                    mark ->
                                            switch (mark.group(1)) {
                                                case "" -> Integer.toHexString(i);
                                                case "+" -> i == 0 ? "" : " + " + i;
                                                case String s when s.startsWith("+") ->
                                                        times(i, s.substring(1));
                                                case String s -> i == 0 ? s : "";
                                            }));
        }
    }

    /** The head of a method, which a line ends. */
    void method(String name, String parameters) {
        line("static void %s(%s) {", name, parameters);
    }

    /** What is added to a place for i steps. */
    static String times(int i, String step) {
        return i == 0 ? "" : i == 1 ? " + " + step : " + " + i + " * " + step;
    }

    /** Writes the class below a folder, unless it stands there already. */
    void write(Path folder) throws IOException {
        line("}");
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        if (!Files.exists(path) || !Files.readString(path).contentEquals(text)) {
            Files.writeString(path, text);
        }
    }
}
