package dev.unroll.tasks.run;

import dev.unroll.formats.files.Utf8;
import dev.unroll.formats.files.WholeFile;
import dev.unroll.tasks.recipe.Recipe;
import dev.unroll.tasks.recipe.RecipeFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Everything about one training in plain files:
 *
 * <pre>
 *   recipe.yaml           what was trained on what, and how
 *   model.safetensors     the weights to use, under PyTorch's names
 *   metrics.jsonl         a line a step and a line a measurement
 *   machine.json          the machine that the training began on
 *   data.json             the data: how many examples, their checksum, the parts they are in
 *   diagnosis.jsonl       what a watch saw, a line an observed step
 *   attention.json        the attention weights that it saw last
 *   events.out.tfevents*  the same for TensorBoard
 *   checkpoints/last      to go on from
 *   checkpoints/step-*    the last weights, where their mean is wanted
 *   fitted.txt            the names of the task's own files, a line each
 *   manifest.json         where the run comes from, and the checksums of all files but TensorBoard's
 *   .lock                 who trains it now
 * </pre>
 *
 * <p>A task's own files are its {@link Artefact}s, such as {@code tokenizer.json}.
 *
 * @param directory the folder
 */
public record RunFolder(Path directory) {
    private static final Pattern NAME = Pattern.compile("[^/\\\\\\x00-\\x1f]+");

    /** The recipe. */
    public Path recipe() {
        return directory.resolve("recipe.yaml");
    }

    /** The weights to use. */
    public Path model() {
        return directory.resolve("model.safetensors");
    }

    /** The course of the training. */
    public Path metrics() {
        return directory.resolve("metrics.jsonl");
    }

    /** The machine that the training began on. */
    public Path machine() {
        return directory.resolve("machine.json");
    }

    /** The data that it was trained on: which examples, and in which parts they are. */
    public Path data() {
        return directory.resolve("data.json");
    }

    /** What a watch saw of the training. */
    public Path diagnosis() {
        return directory.resolve("diagnosis.jsonl");
    }

    /** The attention weights that a watch saw last. */
    public Path attention() {
        return directory.resolve("attention.json");
    }

    /**
     * {@return whether the folder is that of a model which others trained} It then has Hugging
     * Face's form: {@code config.json}, and weights in one file or in shards.
     */
    public boolean isImported() {
        return !Files.exists(recipe()) && Files.isRegularFile(directory.resolve("config.json"));
    }

    /** Removes what a watch has written. */
    public void clearDiagnosis() throws IOException {
        Files.deleteIfExists(diagnosis());
        Files.deleteIfExists(attention());
        delete(directory, "events.out.tfevents.*");
    }

    private static void delete(Path folder, String glob) throws IOException {
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, glob)) {
                for (Path file : files) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Checkpoints. */
    public Path checkpoints() {
        return directory.resolve("checkpoints");
    }

    /** A file of the run's task. */
    public Path file(Artefact<?> artefact) {
        return directory.resolve(artefact.file());
    }

    /** The checksums of the run's files. */
    public Path manifest() {
        return directory.resolve("manifest.json");
    }

    /** The point to go on from. */
    Path last() {
        return checkpoints().resolve("last.safetensors");
    }

    /** The files that are there and grow while the run is trained. */
    List<Path> growing() {
        return Stream.of(metrics(), diagnosis(), attention())
                .filter(file -> Files.isRegularFile(file))
                .toList();
    }

    /** The files that are there and do not grow. */
    List<Path> lasting() throws IOException {
        List<Path> files = new ArrayList<>(List.of(recipe(), fitted(), machine(), data()));
        files.addAll(used());
        files.addAll(resumed());
        return files.stream().filter(file -> Files.isRegularFile(file)).distinct().toList();
    }

    /** The files that answers are computed from: the weights and those of the task. */
    public List<Path> used() throws IOException {
        List<Path> files = new ArrayList<>(List.of(model()));
        announced().forEach(name -> files.add(directory.resolve(name)));
        return files;
    }

    /** The files that a training goes on from, besides those that answers are computed from. */
    private List<Path> resumed() throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(checkpoints(), LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> kept =
                    Files.newDirectoryStream(checkpoints(), "*.safetensors")) {
                kept.forEach(files::add);
            }
        }
        return files;
    }

    /** The names of the task's own files. */
    Path fitted() {
        return directory.resolve("fitted.txt");
    }

    /** Notes that a task's file is about to be written, so that {@link #clear()} knows it. */
    public void announce(Artefact<?> artefact) throws IOException {
        List<String> names = new ArrayList<>(announced());
        if (!names.contains(artefact.file())) {
            names.add(artefact.file());
            WholeFile.write(fitted(), String.join("\n", names) + "\n");
        }
    }

    /** Removes a task's file that was announced, if there is one. */
    public void withdraw(Artefact<?> artefact) throws IOException {
        List<String> names = new ArrayList<>(announced());
        if (names.remove(artefact.file())) {
            Files.deleteIfExists(file(artefact));
            WholeFile.write(fitted(), String.join("\n", names) + "\n");
        }
    }

    /**
     * The task's own files.
     *
     * @throws RunException if the list of them is damaged
     */
    private List<String> announced() throws IOException {
        List<String> names = Files.isRegularFile(fitted()) ? Utf8.lines(fitted()) : List.of();
        for (int i = 0; i < names.size(); i++) {
            if (!NAME.matcher(names.get(i)).matches()) {
                throw new RunException(
                        "%s is damaged: line %d is no file's name; train the run again"
                                .formatted(fitted(), i + 1));
            }
        }
        return names;
    }

    /**
     * The recipe that is in the folder, of the task that is asked for.
     *
     * @throws RunException if there is no run, or one of another task
     */
    public <R extends Recipe> R readRecipe(Class<R> type) throws IOException {
        requireRun();
        String there = RecipeFile.task(recipe());
        String wanted = RecipeFile.task(type);
        if (!there.equals(wanted)) {
            throw new RunException(
                    RunException.Reason.OTHER_TASK,
                    directory,
                    "%s is a run of another task: '%s', not '%s'"
                            .formatted(directory, there, wanted));
        }
        return type.cast(RecipeFile.read(List.of(type), recipe(), List.of(), new ArrayList<>()));
    }

    /**
     * Removes the files of a run, and nothing else.
     *
     * @throws RunException if it is being trained
     */
    public void clear() throws IOException {
        if (Files.isDirectory(directory)) {
            RunLock lock = RunLock.on(directory);
            try {
                clearFiles();
            } finally {
                lock.closeAndRemove();
            }
        }
    }

    private void clearFiles() throws IOException {
        Manifest.remove(this);
        for (String name : announced()) {
            Path file = directory.resolve(name).normalize();
            if (directory.normalize().equals(file.getParent())) {
                Files.deleteIfExists(file);
            }
        }
        for (Path file : List.of(recipe(), fitted(), model(), metrics(), machine(), data())) {
            Files.deleteIfExists(file);
        }
        clearDiagnosis();
        if (!Files.isSymbolicLink(checkpoints())) {
            delete(checkpoints(), "*.safetensors");
        }
    }

    /**
     * Refuses a folder of checkpoints that is a symbolic link: files would be removed and written
     * in a folder that is not of this run.
     */
    void requireOwnCheckpoints() {
        if (Files.isSymbolicLink(checkpoints())) {
            throw new RunException(
                    ("%s is a symbolic link, and links are not followed where files are written;"
                                    + " make it a folder, or make the whole run's folder a link")
                            .formatted(checkpoints()));
        }
    }

    /**
     * Refuses a folder that has files.
     *
     * @throws RunException if it has
     * @throws IOException if it cannot be read
     */
    public void requireNew() throws IOException {
        if (Files.isDirectory(directory)) {
            try (Stream<Path> files = Files.list(directory)) {
                if (files.findAny().isPresent()) {
                    throw new RunException(
                            directory
                                    + " is not empty; name a new folder, or remove what is there");
                }
            }
        }
    }

    /** Refuses a folder that is no run. */
    public void requireRun() {
        if (!Files.isRegularFile(recipe())) {
            throw new RunException(
                    RunException.Reason.NO_RUN,
                    directory,
                    "%s is no run: it has no recipe.yaml".formatted(directory));
        }
    }

    /** Refuses a run without weights. */
    public void requireModel() {
        requireRun();
        if (!Files.isRegularFile(model())) {
            throw new RunException(
                    RunException.Reason.NO_MODEL,
                    directory,
                    "%s has no model.safetensors yet: its training has not been finished"
                            .formatted(directory));
        }
    }
}
