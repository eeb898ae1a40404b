package dev.unroll.bench.tokenize;

import dev.unroll.formats.tokenizer.PipelineFile;
import dev.unroll.text.pipeline.TextPipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Compares Unroll's tokens with those of Hugging Face's library: ids, offsets, types and decoded
 * text. Arguments: a {@code tokenizer.json} or a folder of {@code *.json}; how many lines of each
 * file of text; and folders of text.
 */
public final class CompareTokenizers {

    private static final int SHOWN = 8;

    private CompareTokenizers() {}

    /** Runs the comparison. */
    public static void main(String[] arguments) throws IOException {
        int each = Integer.parseInt(arguments[1]);
        List<String> lines = new ArrayList<>(HostileTexts.all());
        int hostile = lines.size();
        for (int i = 2; i < arguments.length; i++) {
            lines.addAll(Lines.of(Path.of(arguments[i]), each));
        }
        System.out.printf("%,d lines, %,d of them hostile%n", lines.size(), hostile);
        for (Path file : files(Path.of(arguments[0]))) {
            compare(file, lines);
        }
    }

    private static List<Path> files(Path place) throws IOException {
        if (!Files.isDirectory(place)) {
            return List.of(place);
        }
        try (Stream<Path> all = Files.list(place)) {
            return all.filter(file -> file.toString().endsWith(".json")).sorted().toList();
        }
    }

    private static void compare(Path file, List<String> lines) throws IOException {
        String name = file.getFileName().toString().replace(".json", "");
        TextPipeline ours;
        long begin = System.nanoTime();
        try {
            ours = PipelineFile.read(file).untruncated();
        } catch (RuntimeException e) {
            System.out.printf("%s: refused: %s%n", name, e.getMessage());
            return;
        }
        double read = (System.nanoTime() - begin) / 1e9;
        try (Oracle theirs = new Oracle(file)) {
            Difference difference = new Difference(ours, theirs);
            int different = 0;
            for (String line : lines) {
                String what;
                try {
                    what = difference.of(line);
                } catch (RuntimeException e) {
                    what = "ours fails: " + e;
                    if (different < SHOWN) {
                        e.printStackTrace(System.out);
                    }
                }
                if (what != null && different++ < SHOWN) {
                    System.out.printf("  %s%n    %s%n", shown(line), what);
                }
            }
            System.out.printf(
                    "%s | %,d lines | %,d differences | read in %.2f s | %s%n",
                    name, lines.size(), different, read, Pace.of(ours, theirs, lines));
        }
    }

    private static String shown(String line) {
        StringBuilder shown = new StringBuilder();
        line.codePoints()
                .limit(80)
                .forEach(
                        one -> {
                            if (one < 0x20 || (one >= 0x7F && one < 0xA0) || one == 0x200D) {
                                shown.append("\\u%04X".formatted(one));
                            } else {
                                shown.appendCodePoint(one);
                            }
                        });
        return shown.toString();
    }
}
