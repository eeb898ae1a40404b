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

/** All readers, with what they read in memory, except those that want a file of the system. */
final class Targets implements AutoCloseable {
    private final FileSystem memory;
    private final List<Target> all;

    private Targets(FileSystem memory, List<Target> all) {
        this.memory = memory;
        this.all = all;
    }

    /** Makes all seeds. */
    static Targets in(Path folder) throws IOException {
        FileSystem memory = Jimfs.newFileSystem(Configuration.unix());
        Path root = Files.createDirectory(memory.getPath("/fuzz"));
        List<Sample> samples = Samples.all(Files.createDirectories(folder.resolve("samples")));
        List<Target> all = new ArrayList<>();
        all.addAll(TextTargets.in(root, samples));
        all.addAll(ImageTargets.in(root, folder));
        all.addAll(ArchiveTargets.in(root, folder));
        all.addAll(RunTargets.in(root, folder, Samples.oneOfEach(samples)));
        return new Targets(memory, List.copyOf(all));
    }

    List<Target> all() {
        return all;
    }

    @Override
    public void close() throws IOException {
        memory.close();
    }
}
