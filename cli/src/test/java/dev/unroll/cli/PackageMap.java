package dev.unroll.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The packages of the project and which of them each may use, as docs/ARCHITECTURE.md draws them in
 * its block {@code packages}: a line for each package, highest first, under a line with the name of
 * its module in brackets. A package may use the packages that its line names, and those that these
 * may use.
 *
 * <pre>
 *   [core]
 *   tensor -> backend    # names are relative to dev.unroll; a comment ends the line
 *   backend ->
 * </pre>
 *
 * @param packages from the full name of a package to what its line says, in the order of the lines
 */
record PackageMap(SequencedMap<String, Line> packages) {
    private static final Pattern BLOCK = Pattern.compile("```packages\\R(.*?)```", Pattern.DOTALL);
    private static final Pattern LINE = Pattern.compile("([a-z.]+) *-> *([a-z., ]*)");
    private static final Pattern MODULE = Pattern.compile("\\[([a-z]+)]");

    /**
     * One line of the drawing.
     *
     * @param module the folder of the package's module
     * @param uses full names of the packages that the line names
     */
    record Line(String module, List<String> uses) {}

    /** {@return the packages that this one may use: those its line names, and what they may use} */
    Set<String> reachable(String name) {
        Set<String> reachable = new LinkedHashSet<>();
        Line line = packages.get(name);
        if (line != null) {
            for (String used : line.uses()) {
                reachable.add(used);
                reachable.addAll(reachable(used));
            }
        }
        return reachable;
    }

    /**
     * Reads the block of a page.
     *
     * @throws IllegalArgumentException if the page has no such block, a line has another form, a
     *     package is listed twice, or an arrow does not point to a package on a line below
     */
    static PackageMap of(String page) {
        Matcher block = BLOCK.matcher(page);
        if (!block.find()) {
            throw new IllegalArgumentException("the page has no block ```packages");
        }
        SequencedMap<String, Line> packages = new LinkedHashMap<>();
        String module = "";
        for (String typed : block.group(1).lines().toList()) {
            String line = typed.replaceFirst("#.*", "").strip();
            Matcher heading = MODULE.matcher(line);
            Matcher arrow = LINE.matcher(line);
            if (heading.matches()) {
                module = heading.group(1);
            } else if (arrow.matches()) {
                List<String> uses = names(arrow.group(2));
                if (packages.putIfAbsent(full(arrow.group(1)), new Line(module, uses)) != null) {
                    throw new IllegalArgumentException(arrow.group(1) + " is listed twice");
                }
            } else if (!line.isEmpty()) {
                throw new IllegalArgumentException(
                        "neither 'package -> packages' nor '[module]': " + typed);
            }
        }
        requireDownward(packages);
        return new PackageMap(packages);
    }

    private static List<String> names(String list) {
        List<String> names = new ArrayList<>();
        for (String name : list.split(",", -1)) {
            if (!name.isBlank()) {
                names.add(full(name.strip()));
            }
        }
        return List.copyOf(names);
    }

    private static String full(String name) {
        return "dev.unroll." + name;
    }

    private static void requireDownward(SequencedMap<String, Line> packages) {
        List<String> below = new ArrayList<>();
        for (Map.Entry<String, Line> entry : packages.reversed().entrySet()) {
            for (String used : entry.getValue().uses()) {
                if (!below.contains(used)) {
                    throw new IllegalArgumentException(
                            "%s -> %s: %s must stand on a line below"
                                    .formatted(entry.getKey(), used, used));
                }
            }
            below.add(entry.getKey());
        }
    }
}
