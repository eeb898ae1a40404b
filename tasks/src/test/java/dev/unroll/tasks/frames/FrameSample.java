package dev.unroll.tasks.frames;

import static dev.unroll.tasks.registry.TaskSample.many;
import static dev.unroll.tasks.registry.TaskSample.yaml;

import dev.unroll.data.Corpus;
import dev.unroll.tasks.registry.TaskSample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A small training of {@link FrameTask}, to hold it to the contract of all tasks. */
public final class FrameSample implements TaskSample.Maker {
    @Override
    public TaskSample<?, ?, ?, ?> make(Path folder) throws IOException {
        List<LabelledVideo> videos =
                many(
                        20,
                        i ->
                                new LabelledVideo(
                                        new FrameRows(
                                                "v" + i,
                                                new float[][] {{1, i}, {2, 0}, {3, i}, {4, 1}}),
                                        List.of("on", "on", "off", i % 2 == 0 ? "on" : "off")));
        return new TaskSample<>(
                FrameTask.TASK,
                yaml(
                        "label-frames",
                        "data: {set: own, columns: [a, b], window: 3, features: as-given}\n"),
                Corpus.of("videos", videos).labelled(List.of("off", "on")),
                videos.subList(0, 2).stream().map(LabelledVideo::frames).toList(),
                "data.window=4");
    }
}
