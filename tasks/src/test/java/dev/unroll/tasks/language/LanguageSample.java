package dev.unroll.tasks.language;

import static dev.unroll.tasks.registry.TaskSample.yaml;

import dev.unroll.data.Corpus;
import dev.unroll.tasks.registry.TaskSample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A small training of {@link LanguageTask}, to hold it to the contract of all tasks. */
public final class LanguageSample implements TaskSample.Maker {
    @Override
    public TaskSample<?, ?, ?, ?> make(Path folder) throws IOException {
        String song = "row, row, row your boat, gently down the stream. ";
        return new TaskSample<>(
                LanguageTask.TASK,
                yaml("generate", "data: {set: own, length: 8, batch: 4, batches: 3}\n"),
                new Corpus<>("song", List.of(song.repeat(20)), List.of(song), List.of()),
                List.of("row", "gently "),
                "data.length=9");
    }
}
