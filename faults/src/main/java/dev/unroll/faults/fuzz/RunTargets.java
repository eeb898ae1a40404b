package dev.unroll.faults.fuzz;

import dev.unroll.data.fetch.DataFiles;
import dev.unroll.data.fetch.ProgressListener;
import dev.unroll.faults.Folders;
import dev.unroll.faults.sample.Sample;
import dev.unroll.formats.safetensors.Safetensors;
import dev.unroll.formats.safetensors.WeightsException;
import dev.unroll.tasks.recipe.Recipe;
import dev.unroll.tasks.registry.Tasks;
import dev.unroll.tasks.run.Checkpoint;
import dev.unroll.tasks.run.DiagnosisLog;
import dev.unroll.tasks.run.Manifest;
import dev.unroll.tasks.run.MetricsLog;
import dev.unroll.tasks.run.RunException;
import dev.unroll.tasks.run.RunFolder;
import dev.unroll.tasks.run.RunMachine;
import dev.unroll.tasks.run.TrainingCourse;
import dev.unroll.tasks.run.TrainingRun;
import dev.unroll.tasks.task.Runs;
import dev.unroll.tasks.task.Task;
import dev.unroll.tensor.Parameter;
import dev.unroll.train.Adam;
import dev.unroll.train.OptimiserState;
import dev.unroll.train.Progress;
import dev.unroll.watch.Interval;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Readers of the files of runs, which are those of small trainings. */
final class RunTargets {
    private static final DataFiles FILES = DataFiles.standard(ProgressListener.SILENT);

    private RunTargets() {}

    /** Readers of what a run knows of itself, and of weights and checkpoints. */
    static List<Target> recordsOf(Sample sample, Path memory, Path disk) throws IOException {
        Path trained = disk.resolve("trained").resolve("records");
        train(sample, trained);
        List<Target> targets = new ArrayList<>(logs(trained, memory));
        targets.add(safetensors(trained, memory));
        targets.add(checkpoints(memory));
        return targets;
    }

    /** Readers of the files that predictors are loaded from. */
    static List<Target> usedFilesOf(List<Sample> samples, Path memory, Path disk)
            throws IOException {
        List<Target> targets = new ArrayList<>();
        for (Sample sample : samples) {
            Path trained = disk.resolve("trained").resolve(sample.name());
            train(sample, trained);
            targets.addAll(filesOf(sample, trained, memory.resolve(sample.name())));
        }
        return targets;
    }

    private static void train(Sample sample, Path folder) throws IOException {
        Recipe recipe =
                Tasks.read(sample.recipe(), List.of("training.epochs=1"), new ArrayList<>());
        TrainingRun training = Tasks.prepare(recipe, new RunFolder(folder), FILES);
        training.watch(Interval.every(2), false, seen -> {});
        training.run();
    }

    /** The files that a predictor is loaded from, each mutated beside the others as they were. */
    private static List<Target> filesOf(Sample sample, Path trained, Path copy) throws IOException {
        Folders.copy(trained, copy);
        Files.delete(copy.resolve("manifest.json"));
        RunFolder run = new RunFolder(copy);
        Task<?, ?> task = Tasks.of(Tasks.read(new RunFolder(trained), List.of()));
        List<Path> files = new ArrayList<>(run.used());
        files.add(run.recipe());
        if (Files.exists(copy.resolve("fitted.txt"))) {
            files.add(copy.resolve("fitted.txt"));
        }
        byte[] recipe = Files.readAllBytes(run.recipe());
        // as short as it was given, because most of the time goes into reading it
        Files.copy(sample.recipe(), run.recipe(), StandardCopyOption.REPLACE_EXISTING);
        List<Target> targets = new ArrayList<>();
        for (Path file : files) {
            byte[] whole = Files.readAllBytes(file);
            byte[] seed = file.equals(run.recipe()) ? recipe : whole;
            targets.add(
                    Target.of(
                                    sample.name() + "/" + file.getFileName(),
                                    List.of(seed),
                                    input -> {
                                        Files.write(file, input);
                                        try {
                                            Runs.load(task, copy);
                                        } finally {
                                            Files.write(file, whole);
                                        }
                                    })
                            .refusing(IllegalArgumentException.class, IOException.class)
                            .share(1));
        }
        return targets;
    }

    private static List<Target> logs(Path trained, Path memory) throws IOException {
        List<Target> targets = new ArrayList<>();
        targets.add(file(trained, memory, "manifest.json", Manifest::read));
        targets.add(file(trained, memory, "metrics.jsonl", TrainingCourse::read));
        targets.add(file(trained, memory, "machine.json", RunMachine::read));
        targets.add(file(trained, memory, "diagnosis.jsonl", DiagnosisLog::read));
        targets.add(file(trained, memory, "data.json", Hidden::readData));
        Target course = targets.get(1);
        targets.add(
                Target.of(
                                "metrics.jsonl, back to a step",
                                course.seeds(),
                                new Scratch(memory.resolve("back"))
                                        .file(
                                                "metrics.jsonl",
                                                file -> new MetricsLog(file).backTo(3)))
                        .refusing(RunException.class, IOException.class)
                        .share(4));
        return targets;
    }

    @FunctionalInterface
    private interface RunReader {
        Object read(RunFolder run) throws IOException;
    }

    private static Target file(Path trained, Path memory, String name, RunReader reader)
            throws IOException {
        Path folder = memory.resolve(name);
        return Target.of(
                        name,
                        List.of(Files.readAllBytes(trained.resolve(name))),
                        new Scratch(folder).file(name, file -> reader.read(new RunFolder(folder))))
                .refusing(RunException.class, IOException.class);
    }

    private static Target safetensors(Path trained, Path memory) throws IOException {
        return Target.of(
                        "safetensors",
                        List.of(
                                Files.readAllBytes(trained.resolve("model.safetensors")),
                                ofAllNumbers()),
                        new Scratch(memory.resolve("safetensors"))
                                .file("a.safetensors", Safetensors::read))
                .words(
                        "\"dtype\"",
                        "\"F32\"",
                        "\"BF16\"",
                        "\"I64\"",
                        "\"shape\"",
                        "\"data_offsets\"",
                        "\"__metadata__\"",
                        "[0,4]")
                .repairing(RunTargets::withLength)
                .refusing(WeightsException.class, IOException.class);
    }

    private static byte[] ofAllNumbers() {
        String header =
                "{\"a\":{\"dtype\":\"F64\",\"shape\":[2],\"data_offsets\":[0,16]},"
                        + "\"b\":{\"dtype\":\"F16\",\"shape\":[2,1],\"data_offsets\":[16,20]},"
                        + "\"c\":{\"dtype\":\"BF16\",\"shape\":[],\"data_offsets\":[20,22]},"
                        + "\"d\":{\"dtype\":\"I64\",\"shape\":[1,0],\"data_offsets\":[22,22]}}";
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + json.length + 22)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .array();
    }

    /** Makes the length of the header right: it ends with its last brace, and spaces. */
    private static byte[] withLength(byte[] input) {
        int end = endOfHeader(input);
        if (end <= Long.BYTES) {
            return input;
        }
        while (end < input.length && input[end] == ' ') {
            end++;
        }
        byte[] repaired = input.clone();
        ByteBuffer.wrap(repaired).order(ByteOrder.LITTLE_ENDIAN).putLong(0, end - Long.BYTES);
        return repaired;
    }

    private static int endOfHeader(byte[] input) {
        int depth = 0;
        boolean quoted = false;
        for (int at = Long.BYTES; at < input.length; at++) {
            switch (input[at]) {
                case '\\' -> at++;
                case '"' -> quoted = !quoted;
                case '{' -> depth += quoted ? 0 : 1;
                case '}' -> depth -= quoted ? 0 : 1;
                default -> {}
            }
            if (depth <= 0) {
                return at + 1;
            }
        }
        return 0;
    }

    private static Target checkpoints(Path memory) throws IOException {
        Map<String, Parameter> parameters = Map.of("weight", Parameter.full(0.5f, 2, 3));
        OptimiserState state = OptimiserState.of(Adam.standard(), parameters);
        Path file = Files.createDirectories(memory.resolve("seeds")).resolve("last.safetensors");
        Checkpoint.save(file, parameters, state, Progress.START);
        return Target.of(
                        "checkpoint",
                        List.of(Files.readAllBytes(file)),
                        new Scratch(memory.resolve("checkpoint"))
                                .file(
                                        "last.safetensors",
                                        some -> Checkpoint.load(some, parameters, state)))
                .words("\"progress\"", "step", "epoch", "batch", "monitored", "optimiser.")
                .repairing(RunTargets::withLength)
                .refusing(WeightsException.class, RunException.class, IOException.class);
    }
}
