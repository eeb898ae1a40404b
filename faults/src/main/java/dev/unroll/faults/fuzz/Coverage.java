package dev.unroll.faults.fuzz;

import dev.unroll.faults.Child;
import dev.unroll.faults.Findings;
import dev.unroll.faults.Folders;
import dev.unroll.faults.Outcome;
import dev.unroll.faults.Part;
import dev.unroll.faults.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Looks for inputs that take branches no other took, with Jazzer: a tenth of all cases, as many for
 * each reader that takes few files, and no longer than each one's part of the minutes.
 */
public final class Coverage implements Part {
    private static final int TENTH = 10;
    private static final long LONGEST = 1 << 14;
    private static final Pattern DONE =
            Pattern.compile("#(\\d+)\\s+DONE\\s+cov: (\\d+) ft: (\\d+) corp: (\\d+)");

    /** Readers that are worth it: those of formats, whose code is Unroll's or a library's. */
    private static final List<String> NAMES =
            List.of(
                    "csv",
                    "jsonl",
                    "conllu",
                    "recipe",
                    "tokenizer.json",
                    "safetensors",
                    "checkpoint",
                    "manifest.json",
                    "metrics.jsonl",
                    "data.json",
                    "png",
                    "gif",
                    "bmp",
                    "tar",
                    "mp4");

    @Override
    public String name() {
        return "coverage";
    }

    @Override
    public String about() {
        return "gives readers inputs that are mutated towards new branches, with Jazzer";
    }

    @Override
    public Outcome run(Plan plan, Log log) throws IOException, InterruptedException {
        Findings findings = new Findings(log);
        long runs = Math.max(1, plan.cases() / TENTH / NAMES.size());
        long seconds = Math.max(1, Math.round(plan.minutes() * 60 / NAMES.size()));
        List<Target> chosen;
        try (Targets targets = Targets.in(plan.folder().resolve("seeds"))) {
            chosen =
                    targets.all().stream().filter(target -> NAMES.contains(target.name())).toList();
        }
        for (Target target : chosen) {
            run(target, runs, seconds, plan, findings, log);
        }
        return findings.outcome();
    }

    private static void run(
            Target target, long runs, long seconds, Plan plan, Findings findings, Part.Log log)
            throws IOException, InterruptedException {
        Path folder = Files.createDirectories(plan.folder().resolve(target.name()));
        Path corpus = Files.createDirectory(folder.resolve("corpus"));
        for (int i = 0; i < target.seeds().size(); i++) {
            Files.write(corpus.resolve("seed" + i), target.seeds().get(i));
        }
        Files.createDirectories(plan.kept());
        Child child =
                Child.start(
                        "com.code_intelligence.jazzer.Jazzer",
                        List.of(
                                "-Xmx1g",
                                "-XX:+UseSerialGC",
                                "-Djava.awt.headless=true",
                                "-Dunroll.backend=scalar",
                                "-Djava.io.tmpdir=" + folder,
                                "-Dunroll.fuzz.target=" + target.name(),
                                "--enable-native-access=ALL-UNNAMED"),
                        folder.resolve("printed.txt"),
                        List.of(
                                "--target_class=" + CoverageTarget.class.getName(),
                                "--instrumentation_includes=dev.unroll.data.**:dev.unroll.formats.**"
                                        + ":dev.unroll.tasks.**:dev.unroll.text.**"
                                        + ":dev.unroll.video.**:org.jcodec.containers.**"
                                        + ":org.apache.commons.**",
                                "--disabled_hooks=.*",
                                "--reproducer_path=" + plan.kept(),
                                "-artifact_prefix=" + plan.kept() + "/",
                                "-runs=" + runs,
                                "-max_total_time=" + seconds,
                                "-seed=" + (1 + Math.floorMod(plan.seed(), 1_000_000)),
                                "-max_len=" + LONGEST,
                                "-rss_limit_mb=4096",
                                corpus.toString()),
                        Map.of());
        int exit = child.process().waitFor();
        String text = child.text();
        List<MatchResult> done = DONE.matcher(text).results().toList();
        if (exit != 0 || done.isEmpty()) {
            findings.fault("%s: exit code %d: %s".formatted(target.name(), exit, end(text)));
        } else {
            MatchResult last = done.getLast();
            log.line(
                    "%-16s %,10d cases, %s branches, %s inputs that took new ones"
                            .formatted(
                                    target.name(),
                                    Long.parseLong(last.group(1)),
                                    last.group(2),
                                    last.group(4)));
            findings.figure("%s: %s cases".formatted(target.name(), last.group(1)));
        }
        Folders.remove(folder);
    }

    /**
     * {@return at most 30 lines of what Jazzer printed: those about the input that broke a rule, or
     * the last ones where no input did}
     */
    private static String end(String text) {
        List<String> lines = text.lines().filter(line -> !line.startsWith("INFO")).toList();
        int thrown = 0;
        while (thrown < lines.size() && !lines.get(thrown).startsWith("== Java Exception")) {
            thrown++;
        }
        int from = thrown < lines.size() ? thrown : Math.max(0, lines.size() - 30);
        return String.join("\n", lines.subList(from, Math.min(lines.size(), from + 30)));
    }
}
