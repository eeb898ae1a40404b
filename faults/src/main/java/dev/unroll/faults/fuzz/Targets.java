package dev.unroll.faults.fuzz;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.unroll.faults.sample.Sample;
import dev.unroll.faults.sample.Samples;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All readers, with what they read in memory, except those that want a file of the system. */
final class Targets implements AutoCloseable {
    private final FileSystem memory;
    private final List<Group> groups;

    /** Readers whose seeds are made together. */
    @FunctionalInterface
    private interface Group {
        List<Target> make() throws IOException;
    }

    private Targets(FileSystem memory, List<Group> groups) {
        this.memory = memory;
        this.groups = groups;
    }

    /** Makes no seeds yet; some want a training. */
    static Targets in(Path folder) throws IOException {
        FileSystem memory = Jimfs.newFileSystem(Configuration.unix());
        Path root = Files.createDirectory(memory.getPath("/fuzz"));
        List<Sample> samples = Samples.all(Files.createDirectories(folder.resolve("samples")));
        List<Sample> trained = Samples.oneOfEach(samples);
        return new Targets(
                memory,
                List.of(
                        () -> TextTargets.in(root, samples),
                        () -> ImageTargets.in(root, folder),
                        () -> ArchiveTargets.in(root, folder),
                        OnnxTargets::all,
                        () -> PretrainedTargets.in(root),
                        () -> RunTargets.recordsOf(trained.getFirst(), root, folder),
                        () -> RunTargets.usedFilesOf(trained, root, folder)));
    }

    /** Makes the seeds of all readers. */
    List<Target> all() throws IOException {
        List<Target> all = new ArrayList<>();
        for (Group group : groups) {
            all.addAll(group.make());
        }
        return List.copyOf(all);
    }

    /** Makes the seeds of the reader of this name, and as few others as can be. */
    Optional<Target> named(String name) throws IOException {
        for (Group group : groups) {
            for (Target target : group.make()) {
                if (target.name().equals(name)) {
                    return Optional.of(target);
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        memory.close();
    }
}
