package dev.unroll.own;

import static dev.unroll.tasks.registry.TaskSample.many;

import dev.unroll.data.Corpus;
import dev.unroll.tasks.registry.TaskSample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A small training of {@link MajorityTask}, to hold it to the contract of all tasks. */
public final class MajoritySample implements TaskSample.Maker {
    @Override
    public TaskSample<?, ?, ?, ?> make(Path folder) throws IOException {
        return new TaskSample<>(
                new MajorityTask(),
                "{task: majority, bits: 5, training: {epochs: 9}}",
                Corpus.of("numbers", many(32, i -> i)),
                List.of(1, 2, 31),
                "bits=6");
    }
}
